import { isIndex, type Key, noteKeys, writtenKeys } from '../../model/as-written.ts'
import {
  defined,
  isDict,
  isFloat,
  isList,
  isNumber,
  isSpecial,
  type Mapping,
  type Operand,
  typeName,
} from './operand.ts'
import { repr } from './text.ts'

/** A mapping of these entries; of the same key twice, the last value in the first one's place. Throws Error for a key that cannot be one. */
export function mappingOf(entries: Iterable<readonly [Operand, Operand]>): Mapping {
  const mapping = {}
  const keys = new Map<string, Key>()
  for (const [key, value] of entries) {
    const name = nameOf(key)
    put(mapping, name, value)
    if (!keys.has(name)) keys.set(name, keyOf(key))
  }
  noteKeys(mapping, keys)
  return mapping
}

function put(mapping: Mapping, name: string, value: Operand): void {
  if (name === '__proto__')
    Object.defineProperty(mapping, name, { value, enumerable: true, configurable: true, writable: true })
  else (mapping as Record<string, Operand>)[name] = value
}

/** mapping[key] = value, in place. Throws Error for a key that cannot be one. */
export function setItem(mapping: Mapping, key: Operand, value: Operand): void {
  const name = nameOf(key)
  const written = writtenKeys(mapping)
  const isNew = !Object.hasOwn(mapping, name)
  put(mapping, name, value)
  if (!isNew || (!written && typeof key === 'string' && !isIndex(key))) return
  const keys = new Map(written ?? textKeys(Object.keys(mapping).filter(each => each !== name)))
  noteKeys(mapping, keys.set(name, keyOf(key)))
}

/** Takes an entry out, in place. */
export function deleteItem(mapping: Mapping, key: Operand): void {
  const name = nameOf(key)
  delete (mapping as Record<string, Operand>)[name]
  const keys = new Map(writtenKeys(mapping))
  if (keys.delete(name)) noteKeys(mapping, keys)
}

/** mapping[key]; undefined when there is none. Where it is not known how the keys were written, 10 finds '10'. */
export function itemOf(mapping: Mapping, key: Operand): Operand | undefined {
  if (typeof key === 'string') return Object.hasOwn(mapping, key) && isText(mapping, key) ? mapping[key] : undefined
  const name = nameOf(key)
  if (!Object.hasOwn(mapping, name)) return undefined
  const written = writtenKeys(mapping)
  return written && typeof written.get(name) === 'string' && !isList(key) ? undefined : mapping[name]
}

function isText(mapping: Mapping, name: string): boolean {
  const written = writtenKeys(mapping)
  return !written || typeof written.get(name) === 'string'
}

function textKeys(names: readonly string[]): Map<string, Key> {
  return new Map(names.map(name => [name, name]))
}

/** The name of the property that stands for a key. Throws Error for a list or mapping, UndefinedError for what is undefined. */
function nameOf(key: Operand): string {
  const known = defined(key)
  if (typeof known === 'string') return known
  if (known === null) return 'None'
  if (typeof known === 'boolean') return known ? 'True' : 'False'
  if (isNumber(known)) return String(known)
  if (isDict(known) || (isList(known) && typeName(known) === 'list'))
    throw new Error(`unhashable type: '${typeName(known)}'`)
  return isSpecial(known) ? known.text() : repr(known)
}

function keyOf(key: Operand): Key {
  if (key === null || typeof key === 'boolean' || typeof key === 'number' || typeof key === 'string') return key
  if (isFloat(key)) return Number(key)
  return nameOf(key)
}
