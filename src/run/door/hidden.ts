const SHOWN = '********'
/** What says which resource it is, and nothing of what is in it. Lines of switches are left to their grammar (secrets-of.ts). */
const NAMING = new Set([
  'apiVersion',
  'kind',
  'name',
  'namespace',
  'class',
  'dn',
  'line',
  'parents',
  'place',
  'backup',
  'remove',
  'folder',
  'encoding',
])

/** What is kept of a task's wish under no_log: its resources by name, every other text left out, so that the next run can still look for them. */
export function withoutContent<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (NAMING.has(key) ? value : SHOWN) as T
  if (Array.isArray(value)) return value.map(entry => withoutContent(entry, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withoutContent(entry, name)])) as T
}
