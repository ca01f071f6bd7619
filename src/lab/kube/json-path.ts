import { isMap, type Json } from './json.ts'

/**
 * The first value at a JSONPath of printer columns: '.spec.peerIP', '.status.conditions[?(@.type=="Ready")].status',
 * '.spec.cidrs[0]', '.metadata.labels.a\.b'. Undefined where there is none.
 */
export function firstAt(value: Json, path: string): Json | undefined {
  const steps = path.match(/\[\?\([^)]*\)\]|\[[^\]]*\]|(?:\\.|[^.[\]])+/g) ?? []
  let found: Json[] = [value]
  for (const step of steps) found = found.flatMap(each => walk(each, step))
  return found[0]
}

function walk(value: Json, step: string): Json[] {
  const filter = /^\[\?\(@\.([^=!\s]+)\s*==\s*["']([^"']*)["']\)\]$/.exec(step)
  if (filter) {
    const [, field = '', wanted] = filter
    return Array.isArray(value) ? value.filter(entry => isMap(entry) && entry[field] === wanted) : []
  }
  if (step === '[*]') return Array.isArray(value) ? value : []
  const index = /^\[(\d+)\]$/.exec(step)
  if (index) return Array.isArray(value) ? value.slice(Number(index[1]), Number(index[1]) + 1) : []
  const name = step.replace(/^\['?|'?\]$/g, '').replace(/\\(.)/g, '$1')
  const child = isMap(value) ? value[name] : undefined
  return child === undefined ? [] : [child]
}
