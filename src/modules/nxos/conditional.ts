import { FailureError } from '../../model/failure.ts'
import { expressionOf, matches } from '../../model/timed-search.ts'
import { isMapping, type Value } from '../../model/value.ts'

/** A condition of wait_for: `result[0] contains "Established"`, `result[1].TABLE_x.ROW_x.state eq Up`. */
export interface Conditional {
  readonly text: string
  holds(results: readonly Value[]): boolean
}

type Compare = (found: Value, wanted: string) => boolean

const numeric =
  (test: (found: number, wanted: number) => boolean): Compare =>
  (found, wanted) => {
    const [one, other] = [Number(found), Number(wanted)]
    return !Number.isNaN(one) && !Number.isNaN(other) && test(one, other)
  }
const equal: Compare = (found, wanted) =>
  textOf(found) === wanted || numeric((one, other) => one === other)(found, wanted)

const OPERATORS: Readonly<Record<string, Compare>> = {
  eq: equal,
  '==': equal,
  neq: (found, wanted) => !equal(found, wanted),
  ne: (found, wanted) => !equal(found, wanted),
  '!=': (found, wanted) => !equal(found, wanted),
  gt: numeric((one, other) => one > other),
  '>': numeric((one, other) => one > other),
  ge: numeric((one, other) => one >= other),
  '>=': numeric((one, other) => one >= other),
  lt: numeric((one, other) => one < other),
  '<': numeric((one, other) => one < other),
  le: numeric((one, other) => one <= other),
  '<=': numeric((one, other) => one <= other),
  contains: (found, wanted) => textOf(found).includes(wanted),
  matches: (found, wanted) => matches(expressionOf(wanted), textOf(found)),
}

/**
 * Reads a condition as ansible.netcommon writes it: path, operator, value; `not` in front turns it round.
 * @throws FailureError invalid for anything else.
 */
export function readConditional(text: string): Conditional {
  const found = /^(not )?\s*(result\[\d+\]\S*)\s+(\S+)\s+(.+)$/s.exec(text.trim())
  const compare = found?.[3] === undefined ? undefined : OPERATORS[found[3]]
  if (!found?.[2] || !compare) throw unreadable(text)
  const [path, wanted, negated] = [readPath(found[2]), unquote(found[4] ?? ''), found[1] !== undefined]
  return {
    text,
    holds: results => {
      const value = at(results, path)
      return value !== undefined && compare(value, wanted) !== negated
    },
  }
}

/** result[0].TABLE_x.ROW_x[2]['a b'] */
function readPath(text: string): (string | number)[] {
  return [...text.slice('result'.length).matchAll(/\[(\d+)\]|\[['"]([^'"]+)['"]\]|\.([\w-]+)/g)].map(
    ([, index, quoted, name]) => (index === undefined ? (quoted ?? name ?? '') : Number(index)),
  )
}

function at(results: readonly Value[], path: readonly (string | number)[]): Value | undefined {
  let value: Value | undefined = [...results]
  for (const step of path) {
    // NX-OS gives one row as an object and several as a list: a name goes through a list of one.
    if (typeof step === 'string' && Array.isArray(value) && value.length === 1) value = value[0]
    if (Array.isArray(value) && typeof step === 'number') value = value[step]
    else if (step === 0 && isMapping(value)) continue
    else if (isMapping(value)) value = value[step]
    else return undefined
  }
  return value
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function unquote(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text.trim())?.[2] ?? text.trim()
}

function unreadable(text: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `weft cannot read the condition '${text}'.`,
    remedy: `Write: result[0] contains "Established", or result[0].TABLE_x.ROW_x.key eq value. Operators: ${Object.keys(OPERATORS).join(' ')}.`,
  })
}
