import type { Value } from '../../model/value.ts'

/** What minijinja hands to a filter of ours: Map for mappings, undefined for none. */
export type Foreign = unknown

/**
 * minijinja sorts the keys of mappings, Python keeps their order. So the order is noted when a mapping goes in, by its set of keys,
 * and restored when it comes out. One memory serves one evaluation.
 */
export interface KeyOrder {
  readonly orders: Map<string, readonly string[]>
}

/** Notes the key orders of a value that goes in; the value itself can go as it is. */
export function goIn(value: unknown, order: KeyOrder): unknown {
  if (Array.isArray(value)) for (const entry of value) goIn(entry, order)
  else if (typeof value === 'object' && value !== null && !(value instanceof Map)) {
    const keys = Object.keys(value)
    noteOrder(keys, order)
    for (const key of keys) goIn((value as Record<string, unknown>)[key], order)
  }
  return value
}

/** Notes the order of a mapping's keys. */
export function noteOrder(keys: readonly string[], order: KeyOrder): void {
  if (keys.length > 1 && !isSorted(keys)) order.orders.set(signature([...keys].sort()), keys)
}

/** A value that comes out: plain lists and objects, null for none. */
export function comeOut(value: Foreign, order: KeyOrder): Value {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(entry => comeOut(entry, order))
  if (value instanceof Map) return mapping(value, order)
  if (typeof value === 'bigint') return Number(value)
  return value as Value
}

function mapping(value: Map<unknown, unknown>, order: KeyOrder): Value {
  const named = new Map([...value].map(([key, entry]) => [keyText(key), entry]))
  const sorted = [...named.keys()].sort()
  const keys = order.orders.get(signature(sorted)) ?? [...named.keys()]
  const result: Record<string, Value> = {}
  for (const key of keys)
    Object.defineProperty(result, key, {
      value: comeOut(named.get(key), order),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return result
}

function keyText(key: unknown): string {
  return key === true ? 'True' : key === false ? 'False' : key === undefined || key === null ? 'None' : String(key)
}

function isSorted(keys: readonly string[]): boolean {
  for (let next = 1; next < keys.length; next++) if ((keys[next - 1] as string) > (keys[next] as string)) return false
  return true
}

function signature(sorted: readonly string[]): string {
  return sorted.join('\u0001')
}
