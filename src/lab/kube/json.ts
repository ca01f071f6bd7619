import { isDeepStrictEqual } from 'node:util'

/** What a request or answer body holds; mutable, because a server builds and merges it. */
export type Json = null | boolean | number | string | Json[] | JsonMap
export interface JsonMap {
  [key: string]: Json
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value where it is a mapping, an empty one otherwise. */
export function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {}
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function numberOf(value: Json | undefined, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise
}

/** The value below a path, undefined where a step is missing. */
export function pick(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found: Json | undefined = value
  for (const step of path) found = isMap(found) && Object.hasOwn(found, step) ? found[step] : undefined
  return found
}

export function same(left: Json | undefined, right: Json | undefined): boolean {
  return isDeepStrictEqual(left, right)
}

export function copy<T extends Json>(value: T): T {
  return structuredClone(value)
}

/** A mapping without the entries whose value is undefined. */
export function defined(entries: Readonly<Record<string, Json | undefined>>): JsonMap {
  const kept: JsonMap = {}
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) kept[key] = value
  return kept
}
