import { deleteItem, itemOf, setItem } from '../item.ts'
import { copyOf, entriesOf, keysOf, valuesOf } from '../mapping.ts'
import { type CallArguments, isDict, type Mapping, type Operand, orElse, shaped, tuple } from '../operand.ts'
import { iterate } from '../sequence.ts'
import { repr } from '../text.ts'
import { given, type Method } from './arguments.ts'

const update = (mapping: Mapping, call: CallArguments): Operand => {
  const more = given(call, 0) ?? {}
  for (const [key, value] of pairsOf(more)) setItem(mapping, key, value)
  for (const [key, value] of Object.entries(call.named)) setItem(mapping, key, value)
  return null
}

/** The entries of a mapping, or of a list of pairs. Throws Error for anything else. */
export function pairsOf(value: Operand): (readonly [Operand, Operand])[] {
  if (isDict(value)) return entriesOf(value)
  return iterate(value).map((entry, index) => {
    const pair = iterate(entry)
    if (pair.length !== 2)
      throw new Error(`dictionary update sequence element #${index} has length ${pair.length}; 2 is required`)
    return pair as readonly [Operand, Operand]
  })
}

const pop = (mapping: Mapping, call: CallArguments): Operand => {
  const key = given(call, 0) ?? null
  const value = itemOf(mapping, key)
  if (value !== undefined) deleteItem(mapping, key)
  const otherwise = value === undefined ? call.args[1] : value
  if (otherwise === undefined) throw new Error(`there is no key ${repr(key)}`)
  return otherwise
}

const popItem = (mapping: Mapping): Operand => {
  const last = entriesOf(mapping).at(-1)
  if (!last) throw new Error('popitem(): dictionary is empty')
  deleteItem(mapping, last[0])
  return tuple(last)
}

const setDefault = (mapping: Mapping, call: CallArguments): Operand => {
  const key = given(call, 0, 'key') ?? null
  const before = itemOf(mapping, key)
  if (before !== undefined) return before
  const value = call.args[1] ?? null
  setItem(mapping, key, value)
  return value
}

const clear = (mapping: Mapping): Operand => {
  for (const key of keysOf(mapping)) deleteItem(mapping, key)
  return null
}

/** The methods of Python's dict. */
export const MAPPING_METHODS: Readonly<Record<string, Method>> = {
  items: (mapping: Mapping) =>
    shaped<Operand>(
      entriesOf(mapping).map(entry => tuple<Operand>(entry)),
      'dict_items',
    ),
  keys: (mapping: Mapping) => shaped<Operand>(keysOf(mapping), 'dict_keys'),
  values: (mapping: Mapping) => shaped(valuesOf(mapping), 'dict_values'),
  get: (mapping: Mapping, call: CallArguments) =>
    orElse(itemOf(mapping, given(call, 0, 'key') ?? null), () => call.args[1] ?? call.named.default ?? null),
  copy: (mapping: Mapping) => copyOf(mapping),
  update,
  pop,
  popitem: popItem,
  setdefault: setDefault,
  clear,
} satisfies Record<string, Method>
