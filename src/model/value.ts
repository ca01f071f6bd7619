/** What YAML, JSON and Jinja expressions hold. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }

/** Variables by name, as a template sees them. */
export type Variables = Readonly<Record<string, Value>>

/** A YAML or JSON mapping (not a list, not null). */
export function isMapping(value: unknown): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
