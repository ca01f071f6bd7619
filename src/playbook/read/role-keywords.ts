import { isMapping, type Value, type Variables } from '../../model/value.ts'

/** Keywords that an entry of `roles` may carry. */
const KEYWORDS = [
  'when',
  'tags',
  'vars',
  'delegate_to',
  'run_once',
  'ignore_errors',
  'check_mode',
  'diff',
  'no_log',
  'environment',
]

/** The parameters of a role's entry: all that is no keyword. */
export function paramsOf(entry: Value): Variables {
  if (!isMapping(entry)) return {}
  const isOther = (key: string) => !KEYWORDS.includes(key) && key !== 'role' && key !== 'name'
  return Object.fromEntries(Object.entries(entry).filter(([key]) => isOther(key)))
}

/** Keywords stay, all other keys are variables of the role. */
export function roleKeywords(entry: Value, name: string): Record<string, Value> {
  if (!isMapping(entry)) return { name }
  const keywords = Object.fromEntries(Object.entries(entry).filter(([key]) => KEYWORDS.includes(key)))
  return { ...keywords, name, vars: { ...paramsOf(entry), ...(isMapping(entry.vars) ? entry.vars : {}) } }
}
