import { basename } from 'node:path'
import type { Block } from '../../model/play.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { roleBlock } from './import-role.ts'
import { kindOf } from './keywords.ts'
import { type Loading, type Node, problem } from './loading.ts'
import { allowsDuplicates, findRole } from './role.ts'

/**
 * An entry of a play's `roles` or of a role's dependencies, as a block of one; empty for a role that the play has already with the same
 * parameters (unless its meta allows duplicates) and for mistakes, which are noted in loading.
 */
export async function roleEntry(node: Node, loading: Loading): Promise<Block[]> {
  const { value } = node
  const name = isMapping(value) ? (value.role ?? value.name) : value
  if (typeof name !== 'string') {
    problem(loading, node, { what: `a role must be a name or a mapping with "role", not ${kindOf(value)}.` })
    return []
  }
  const keywords = roleKeywords(value, name)
  const folder = findRole(name, loading)
  if (folder !== null && loading.within.includes(folder)) {
    problem(loading, node, { what: circleOf(folder, loading), remedy: 'Break the circle.' })
    return []
  }
  const signature = JSON.stringify([folder, keywords])
  if (folder !== null && loading.roles.seen.has(signature) && !allowsDuplicates(folder, loading)) return []
  loading.roles.seen.add(signature)
  const block = await roleBlock({ value: keywords, source: node.source }, { name, path: [] }, loading)
  return block ? [{ ...block, params: paramsOf(value) }] : []
}

/** From the role that needs itself back to it. */
function circleOf(folder: string, { within }: Loading): string {
  const names = [...within.slice(within.indexOf(folder)), folder].map(each => basename(each))
  return `the role depends on itself: ${names.join(' → ')}.`
}

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

function paramsOf(entry: Value): Variables {
  if (!isMapping(entry)) return {}
  const isOther = (key: string) => !KEYWORDS.includes(key) && key !== 'role' && key !== 'name'
  return Object.fromEntries(Object.entries(entry).filter(([key]) => isOther(key)))
}

/** Keywords stay, all other keys are variables of the role. */
function roleKeywords(entry: Value, name: string): Record<string, Value> {
  if (!isMapping(entry)) return { name }
  const keywords = Object.fromEntries(Object.entries(entry).filter(([key]) => KEYWORDS.includes(key)))
  return { ...keywords, name, vars: { ...paramsOf(entry), ...(isMapping(entry.vars) ? entry.vars : {}) } }
}
