import { didYouMean } from '../../model/nearest.ts'
import type { Keywords } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { checkConditions, checkTemplates } from './check-syntax.ts'
import type { KeywordType } from './keyword-table.ts'
import { type Loading, type Node, problem } from './loading.ts'

/** The keywords that plays, blocks and tasks share. Unset ones are null. Problems are noted in loading. */
export function readKeywords(node: Node, loading: Loading): Keywords {
  const value = node.value as Record<string, Value>
  const text = (key: string) => (value[key] === undefined ? null : (value[key] as Value))
  const optional = <K extends string>(key: K, from: string) =>
    value[from] === undefined ? {} : ({ [key]: value[from] } as Record<K, Value>)
  return {
    name: value.name === undefined || value.name === null ? null : String(value.name),
    tags: tagsOf(value.tags),
    vars: variablesOf(node, loading),
    when: listOf(value.when),
    ignoreErrors: text('ignore_errors'),
    runOnce: text('run_once'),
    delegateTo: text('delegate_to'),
    checkMode: text('check_mode'),
    diff: text('diff'),
    noLog: text('no_log'),
    ...optional('ignoreUnreachable', 'ignore_unreachable'),
    ...optional('anyErrorsFatal', 'any_errors_fatal'),
    ...optional('environment', 'environment'),
    ...optional('throttle', 'throttle'),
    ...moduleDefaults(value.module_defaults),
    source: node.source,
    at: positionOf(node.source, []),
  }
}

/** A list; a single value is a list of one, nothing is the empty list. */
export function listOf(value: Value | undefined): Value[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? [...value] : [value as Value]
}

/** Tags: a list, or text with commas. */
export function tagsOf(value: Value | undefined): string[] {
  return listOf(value)
    .flatMap(tag => String(tag).split(','))
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
}

/** Checks that keys are known and that their values are of the right type. `also` accepts keys that are no keywords (modules). */
export function checkKeywords(
  node: Node,
  table: Readonly<Record<string, KeywordType>>,
  { loading, what, also = () => false }: { loading: Loading; what: string; also?: (key: string) => boolean },
): void {
  for (const [key, value] of Object.entries(node.value as Record<string, Value>)) {
    if (Object.hasOwn(table, key)) checkType(node, { key, value, type: table[key] as KeywordType }, loading)
    else if (!also(key))
      problem(loading, node, {
        path: [key],
        what: `"${key}" is not a keyword of ${what}.${didYouMean(key, Object.keys(table))}`,
        remedy: `${what[0]?.toUpperCase()}${what.slice(1)} takes: ${Object.keys(table).sort().join(', ')}.`,
      })
  }
  refuseUnsupported(node, loading)
}

const EXPECTED: Readonly<Record<KeywordType, string>> = {
  text: 'text',
  flag: 'yes or no',
  number: 'a number',
  list: 'a list',
  mapping: 'a mapping',
  condition: 'an expression or a list of expressions',
  steps: 'a list of tasks',
  any: 'anything',
}

function checkType(
  node: Node,
  { key, value, type }: { key: string; value: Value; type: KeywordType },
  loading: Loading,
): void {
  if (type === 'condition') checkConditions(node, [key], loading)
  if (type === 'condition' || type === 'steps') return
  if (value === null || hasTypeOf(value, type)) {
    if (key !== 'name' && key !== 'vars') checkTemplates(node, [key], loading)
    return
  }
  problem(loading, node, { path: [key], what: `"${key}" must be ${EXPECTED[type]}, not ${kindOf(value)}.` })
}

function hasTypeOf(value: Value, type: KeywordType): boolean {
  if (typeof value === 'string' && value.includes('{{')) return true
  if (type === 'flag') return typeof value === 'boolean' || /^(yes|no|true|false|on|off|0|1)$/i.test(String(value))
  if (type === 'number')
    return typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?%?$/.test(value))
  if (type === 'text') return typeof value !== 'object'
  if (type === 'list') return Array.isArray(value) || typeof value === 'string' || typeof value === 'number'
  if (type === 'mapping') return isMapping(value) || (Array.isArray(value) && value.every(isMapping))
  return true
}

/** A value's kind in words, for messages. */
export function kindOf(value: Value | undefined): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isMapping(value)) return 'a mapping'
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${JSON.stringify(value)}`
}

const REFUSED: Readonly<Record<string, string>> = {
  become: 'weft does not change users (become): run it as the user who may do this.',
  async: 'weft does not run tasks in the background (async).',
}

function refuseUnsupported(node: Node, loading: Loading): void {
  const value = node.value as Record<string, Value>
  for (const [key, what] of Object.entries(REFUSED))
    if (value[key] === true || (typeof value[key] === 'number' && Number(value[key]) > 0))
      problem(loading, node, { path: [key], what, remedy: `Remove ${key}.` })
}

/** `vars`: a mapping, or Ansible's older list of mappings. */
function variablesOf(node: Node, loading: Loading): Variables {
  const { vars } = node.value as Record<string, Value>
  const all = Object.assign({}, ...listOf(vars).filter(isMapping)) as Record<string, Value>
  for (const name of Object.keys(all))
    if (!isVariableName(name))
      problem(loading, node, {
        path: ['vars', name],
        what: `"${name}" is not a valid variable name.`,
        remedy: 'A name holds letters, digits and _ and does not start with a digit.',
      })
  return all
}

export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name)
}

function moduleDefaults(value: Value | undefined): { moduleDefaults?: Variables } {
  const entries = listOf(value).filter(isMapping)
  return entries.length === 0 ? {} : { moduleDefaults: Object.assign({}, ...entries) as Variables }
}
