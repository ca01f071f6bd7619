import type { ApicObject } from '../../model/apic.ts'
import { classes } from './classes/index.ts'
import { refuse } from './refusal.ts'

export type Filter = (object: ApicObject) => boolean

type Comparison = (actual: string, operands: readonly string[]) => boolean

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: (actual, [wanted]) => actual === wanted,
  ne: (actual, [wanted]) => actual !== wanted,
  lt: (actual, [limit]) => order(actual, limit) < 0,
  le: (actual, [limit]) => order(actual, limit) <= 0,
  gt: (actual, [limit]) => order(actual, limit) > 0,
  ge: (actual, [limit]) => order(actual, limit) >= 0,
  bw: (actual, [from, to]) => order(actual, from) >= 0 && order(actual, to) <= 0,
  wcard: (actual, [pattern]) => new RegExp(pattern ?? '').test(actual),
  anybit: (actual, [bits]) => (bits ?? '').split(',').some(bit => actual.split(',').includes(bit)),
  allbits: (actual, [bits]) => (bits ?? '').split(',').every(bit => actual.split(',').includes(bit)),
}

/**
 * A query filter as the APIC writes it: `and(eq(fvTenant.name,"a"),wcard(fvTenant.descr,"b"))`.
 * A term about another class than the object's does not hold. Throws Refused for malformed filters and unknown properties.
 */
export function parseFilter(text: string): Filter {
  const reader = { text, at: 0 }
  const filter = parseTerm(reader)
  if (reader.at < text.length) malformed(text)
  return filter
}

interface Reader {
  readonly text: string
  at: number
}

function parseTerm(reader: Reader): Filter {
  const operator = /^\s*([a-z]+)\(/.exec(reader.text.slice(reader.at))
  if (!operator) return malformed(reader.text)
  reader.at += operator[0].length
  const name = operator[1] ?? ''
  if (name === 'and' || name === 'or' || name === 'not' || name === 'xor') return combine(name, parseTerms(reader))
  return compare(name, parseOperands(reader), reader.text)
}

function parseTerms(reader: Reader): Filter[] {
  const terms = [parseTerm(reader)]
  for (;;) {
    const next = reader.text[reader.at++]
    if (next === ')') return terms
    if (next !== ',') malformed(reader.text)
    terms.push(parseTerm(reader))
  }
}

function combine(name: 'and' | 'or' | 'not' | 'xor', terms: readonly Filter[]): Filter {
  if (name === 'and') return object => terms.every(term => term(object))
  if (name === 'or') return object => terms.some(term => term(object))
  if (name === 'xor') return object => terms.filter(term => term(object)).length === 1
  return object => !terms[0]?.(object)
}

function parseOperands(reader: Reader): string[] {
  const operands: string[] = []
  for (;;) {
    const operand = /^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^,()"']*))\s*([,)])/.exec(reader.text.slice(reader.at))
    if (!operand) return malformed(reader.text)
    reader.at += operand[0].length
    operands.push(operand[1] ?? operand[2] ?? (operand[3] ?? '').trim())
    if (operand[4] === ')') return operands
  }
}

function compare(name: string, operands: readonly string[], text: string): Filter {
  const comparison = comparisons[name]
  const [property, ...rest] = operands
  const [className = '', attribute = ''] = (property ?? '').split('.')
  if (name === 'true') return () => true
  if (!comparison || rest.length === 0 || attribute === '') return malformed(text)
  const definition = classes.get(className)
  if (!definition) refuse('122', `class ${className} not found`)
  if (attribute !== 'dn' && attribute !== 'rn' && !definition.properties[attribute]) {
    refuse('121', `Prop '${attribute}' not found in class '${className}' property table`)
  }
  return object => {
    if (object.class !== className) return false
    return comparison(attribute === 'dn' ? object.dn : (object.attributes[attribute] ?? ''), rest)
  }
}

function order(left: string, right = ''): number {
  const numeric = /^\d+$/.test(left) && /^\d+$/.test(right)
  return numeric ? Number(left) - Number(right) : left.localeCompare(right)
}

function malformed(text: string): never {
  return refuse('301', `Incorrect filter format for ${text}`)
}
