import { type Key, noteKeys, writtenKeys } from '../../model/as-written.ts'
import type { Mapping, Operand } from './operand.ts'

/** A mapping's keys as Python has them, in their order. */
export function keysOf(mapping: object): Key[] {
  const written = writtenKeys(mapping)
  return written ? [...written.values()] : Object.keys(mapping)
}

/** A mapping's entries as Python has them, in their order. */
export function entriesOf(mapping: Mapping): [Key, Operand][] {
  const written = writtenKeys(mapping)
  if (!written) return Object.entries(mapping)
  return [...written].map(([name, key]) => [key, mapping[name] as Operand])
}

export function valuesOf(mapping: Mapping): Operand[] {
  const written = writtenKeys(mapping)
  return written ? [...written.keys()].map(name => mapping[name] as Operand) : Object.values(mapping)
}

/** A copy of the mapping itself; what it holds is the same. */
export function copyOf(mapping: Mapping): Mapping {
  const copy = { ...mapping }
  const written = writtenKeys(mapping)
  if (written) noteKeys(copy, written)
  return copy
}
