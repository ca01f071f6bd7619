import { FailureError } from '../../model/failure.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Value } from '../../model/value.ts'
import type { Compiled } from '../jinja/compile.ts'
import { get, messageOf } from '../jinja/engine.ts'
import { type Expression, walk } from '../jinja/expression.ts'
import { UNDEFINED } from '../jinja/print.ts'
import { shorten } from './memo.ts'

interface Situation {
  readonly compiled: Compiled
  readonly text: string
  readonly context: Readonly<Record<string, Value>>
  /** Every variable there is, for the nearest name. */
  readonly names: () => readonly string[]
  /** Variables that are there but refer to something undefined. */
  readonly missing: ReadonlyMap<string, FailureError>
}

/** What went wrong in a template as a FailureError (invalid): which name was undefined, which filter failed, that it ran too long. */
export function explain(error: unknown, situation: Situation): FailureError {
  if (error instanceof FailureError) return error
  const message = messageOf(error)
  const where = ` (in "${shorten(situation.text)}")`
  if (message.includes(UNDEFINED) || /undefined value/.test(message)) return undefinedFailure(situation, where)
  if (/out of fuel/.test(message))
    return failure(
      `the template does not end: it was stopped after 5 million steps${where}.`,
      'Look at its loops.',
      error,
    )
  if (/syntax error/.test(message))
    return failure(`template error: ${firstLine(message)}${where}.`, 'Correct the template.', error)
  return failure(`${firstLine(message)}${where}.`, 'Correct the expression.', error)
}

function undefinedFailure({ compiled, context, names, missing }: Situation, where: string): FailureError {
  for (const expression of compiled.expressions)
    for (const node of walk(expression)) {
      if (node.type === 'name' && missing.has(node.name)) return missing.get(node.name) as FailureError
      const said = undefinedPart(node, context)
      if (said === null) continue
      const near = node.type === 'name' ? didYouMean(node.name, names()) : ''
      return failure(`${said}${where}.${near}`, 'Define it, or give a default: {{ name | default(…) }}.')
    }
  return failure(`a value is undefined${where}.`, 'Define it, or give a default: {{ name | default(…) }}.')
}

/** "'gone' is undefined" for a name, "'dict object' has no attribute 'b'" for a step from something that is there. */
function undefinedPart(node: Expression, context: Readonly<Record<string, Value>>): string | null {
  if (node.type === 'name')
    return Object.hasOwn(context, node.name) ? null : isFree(node.name) ? `'${node.name}' is undefined` : null
  if (node.type !== 'attribute' && node.type !== 'item') return null
  const parent = known(node.of, context)
  const key = node.type === 'attribute' ? node.name : known(node.key, context)
  if (parent === undefined || key === undefined || get(parent, key) !== undefined) return null
  const of = Array.isArray(parent)
    ? 'list'
    : parent === null
      ? 'none'
      : typeof parent === 'object'
        ? 'dict'
        : typeof parent
  const what = `'${of} object' has no attribute ${JSON.stringify(key)}: "${pathOf(node)}" is undefined`
  return isNamed(parent) ? `${what}; there is ${Object.keys(parent).slice(0, 12).join(', ') || 'nothing'}` : what
}

function isNamed(value: Value): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFree(name: string): boolean {
  return !/^(hostvars|vars|omit|loop|range|dict|namespace|lookup|query|q|now|self|caller)$/.test(name)
}

function known(node: Expression, context: Readonly<Record<string, Value>>): Value | undefined {
  if (node.type === 'literal') return node.value
  if (node.type === 'name') return context[node.name]
  if (node.type !== 'attribute' && node.type !== 'item') return undefined
  const parent = known(node.of, context)
  const key = node.type === 'attribute' ? node.name : known(node.key, context)
  return parent === undefined || key === undefined ? undefined : get(parent, key)
}

function pathOf(node: Expression): string {
  if (node.type === 'name') return node.name
  if (node.type === 'literal') return JSON.stringify(node.value)
  if (node.type === 'attribute') return `${pathOf(node.of)}.${node.name}`
  return node.type === 'item' ? `${pathOf(node.of)}[${pathOf(node.key)}]` : '…'
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ \(in <?\w+>?[: ]\d+(:\d+)?\)$/, '')
}

function failure(message: string, remedy: string, cause?: unknown): FailureError {
  return new FailureError({ code: 'invalid', message, remedy }, cause)
}
