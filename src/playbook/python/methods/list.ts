import { MOST_ENTRIES } from '../arithmetic.ts'
import { compare, isEqual, isTrue } from '../compare.ts'
import type { CallArguments, Operand } from '../operand.ts'
import { iterate } from '../sequence.ts'
import { repr } from '../text.ts'
import { given, integerGiven, type Method } from './arguments.ts'

/** What a template does to a list of its own, in place. */
type Changing = (list: Operand[], call: CallArguments) => Operand

function placeOf(list: readonly Operand[], call: CallArguments): number {
  const wanted = given(call, 0) ?? null
  const from = integerGiven(call, 1, 'start', 0)
  const at = list.findIndex((entry, index) => index >= from && isEqual(entry, wanted))
  if (at < 0) throw new Error(`${repr(wanted)} is not in list`)
  return at
}

const append: Changing = (list, call) => {
  if (list.length >= MOST_ENTRIES) throw new Error(`a list of more than ${MOST_ENTRIES} entries is refused`)
  list.push(call.args[0] ?? null)
  return null
}

const extend: Changing = (list, call) => {
  const more = iterate(given(call, 0, 'iterable') ?? null)
  if (list.length + more.length > MOST_ENTRIES)
    throw new Error(`a list of more than ${MOST_ENTRIES} entries is refused`)
  for (const entry of [...more]) list.push(entry)
  return null
}

const insert: Changing = (list, call) => {
  const at = integerGiven(call, 0, 'index')
  list.splice(Math.max(0, at < 0 ? at + list.length : at), 0, call.args[1] ?? null)
  return null
}

const pop: Changing = (list, call) => {
  const at = integerGiven(call, 0, 'index', -1)
  const index = at < 0 ? at + list.length : at
  if (list.length === 0) throw new Error('pop from empty list')
  if (index < 0 || index >= list.length) throw new Error('pop index out of range')
  return list.splice(index, 1)[0] ?? null
}

const sort: Changing = (list, { named }) => {
  const sign = isTrue(named.reverse ?? false) ? -1 : 1
  list.sort((a, b) => compare(a, b) * sign)
  return null
}

const remove: Changing = (list, call) => {
  list.splice(placeOf(list, { args: call.args.slice(0, 1), named: {} }), 1)
  return null
}

const reverse: Changing = list => {
  list.reverse()
  return null
}

const clear: Changing = list => {
  list.length = 0
  return null
}

const reading: Readonly<Record<string, Method>> = {
  index: placeOf,
  count: (list: readonly Operand[], call) => list.filter(entry => isEqual(entry, given(call, 0) ?? null)).length,
}

/** The methods of Python's tuple. */
export const TUPLE_METHODS = reading

/** The methods of Python's list. */
export const LIST_METHODS: Readonly<Record<string, Method>> = {
  ...reading,
  copy: (list: readonly Operand[]) => [...list],
  append,
  extend,
  insert,
  pop,
  sort,
  remove,
  reverse,
  clear,
} satisfies Record<string, Method>
