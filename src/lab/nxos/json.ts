/**
 * The lines of `| json`: every scalar a string and a table of one row an object; with `native` numbers stay numbers
 * and rows stay arrays.
 */
export function toJson(data: object, form: { readonly native: boolean; readonly pretty: boolean }): string[] {
  const shaped = form.native ? data : asStrings(data)
  return JSON.stringify(shaped, null, form.pretty ? 4 : 0).split('\n')
}

function asStrings(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? asStrings(value[0]) : value.map(asStrings)
  if (value === null || typeof value !== 'object') return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asStrings(inner)]))
}
