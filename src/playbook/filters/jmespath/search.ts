import { compare, isEqual } from '../../python/compare.ts'
import { itemOf, mappingOf } from '../../python/item.ts'
import { valuesOf } from '../../python/mapping.ts'
import { isDict, isList, isNumber, isUndefined, type Operand } from '../../python/operand.ts'
import { entryAt, slice } from '../../python/sequence.ts'
import { callFunction } from './functions.ts'
import { parseQuery, type Query } from './parse.ts'

/** What a JMESPath expression finds in a value; None where there is nothing. Throws Error for an expression that is none. */
export function search(source: string, value: Operand): Operand {
  return found(parseQuery(source), value)
}

function found(query: Query, value: Operand): Operand {
  switch (query.type) {
    case 'current':
      return value
    case 'literal':
      return query.value
    case 'field':
      return isDict(value) ? orNone(itemOf(value, query.name)) : null
    case 'chain': {
      const left = found(query.left, value)
      return left === null ? null : found(query.right, left)
    }
    case 'pipe':
      return found(query.right, found(query.left, value))
    case 'and': {
      const left = found(query.left, value)
      return holds(left) ? found(query.right, value) : left
    }
    case 'or': {
      const left = found(query.left, value)
      return holds(left) ? left : found(query.right, value)
    }
    case 'not':
      return !holds(found(query.of, value))
    case 'compare':
      return compared(query.operator, found(query.left, value), found(query.right, value))
    default:
      return foundIn(query, value)
  }
}

type Inner = Exclude<
  Query,
  { type: 'current' | 'literal' | 'field' | 'chain' | 'pipe' | 'and' | 'or' | 'not' | 'compare' }
>

function foundIn(query: Inner, value: Operand): Operand {
  switch (query.type) {
    case 'index': {
      const of = found(query.of, value)
      return isList(of) ? orNone(entryAt(of, query.at)) : null
    }
    case 'slice': {
      const of = found(query.of, value)
      return isList(of) ? orNone(slice(of, query.parts)) : null
    }
    case 'each': {
      const of = found(query.of, value)
      const entries = query.values ? (isDict(of) ? valuesOf(of) : null) : isList(of) ? of : null
      return entries && projected(entries, query.rest)
    }
    case 'flatten': {
      const of = found(query.of, value)
      return isList(of)
        ? projected(
            of.flatMap(entry => (isList(entry) ? entry : [entry])),
            query.rest,
          )
        : null
    }
    case 'filter': {
      const of = found(query.of, value)
      return isList(of)
        ? projected(
            of.filter(entry => holds(found(query.test, entry))),
            query.rest,
          )
        : null
    }
    case 'list':
      return value === null ? null : query.entries.map(entry => found(entry, value))
    case 'mapping':
      return value === null ? null : mappingOf(query.entries.map(([name, entry]) => [name, found(entry, value)]))
    case 'call':
      return callFunction(query.name, query.args, { value, found })
    case 'reference':
      throw new Error('json_query: & stands only before an argument of a function')
  }
}

function orNone(value: Operand | undefined): Operand {
  return value === undefined || isUndefined(value) ? null : value
}

/** Entries of which nothing is left are left out. */
function projected(entries: readonly Operand[], rest: Query): Operand[] {
  return entries.map(entry => found(rest, entry)).filter(entry => entry !== null)
}

/** JMESPath's truth: 0 is true. */
function holds(value: Operand): boolean {
  if (value === null || value === false || value === '') return false
  if (isList(value)) return value.length > 0
  return !isDict(value) || Object.keys(value).length > 0
}

function compared(operator: string, left: Operand, right: Operand): Operand {
  if (operator === '==') return isSameKind(left, right) && isEqual(left, right)
  if (operator === '!=') return !(isSameKind(left, right) && isEqual(left, right))
  const isOrdered = isTrueNumber(left) && isTrueNumber(right)
  if (!isOrdered && !(typeof left === 'string' && typeof right === 'string')) return null
  const order = compare(left, right)
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0
}

const isTrueNumber = (value: Operand) => isNumber(value) && typeof value !== 'boolean'

/** True is not 1 here. */
function isSameKind(left: Operand, right: Operand): boolean {
  return (typeof left === 'boolean') === (typeof right === 'boolean')
}
