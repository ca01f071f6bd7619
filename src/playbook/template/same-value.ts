import type { Value } from '../../model/value.ts'

/** The same by value; large values that are not the same object count as different, because comparing them costs more than rendering. */
export function isSame(one: Value | undefined, other: Value | undefined, depth = 0): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [names, others] = [Object.keys(one), Object.keys(other)]
  if (depth > 1 || names.length > 8 || names.length !== others.length || Array.isArray(one) !== Array.isArray(other))
    return false
  return names.every(
    (name, at) =>
      others[at] === name &&
      isSame((one as Record<string, Value>)[name], (other as Record<string, Value>)[name], depth + 1),
  )
}
