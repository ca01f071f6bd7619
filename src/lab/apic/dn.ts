/** The relative names of a dn. A slash within brackets does not split: 'rsdomAtt-[uni/phys-a]' is one. */
export function splitDn(dn: string): string[] {
  const parts: string[] = []
  let depth = 0
  let current = ''
  for (const character of dn) {
    if (character === '[') depth++
    if (character === ']') depth--
    if (character === '/' && depth === 0) {
      parts.push(current)
      current = ''
    } else current += character
  }
  return current === '' ? parts : [...parts, current]
}

/** The dn of the object above, '' above a root. */
export function parentDn(dn: string): string {
  return splitDn(dn).slice(0, -1).join('/')
}

/** The last relative name of a dn. */
export function lastRn(dn: string): string {
  return splitDn(dn).at(-1) ?? ''
}

/** The naming properties of a relative-name format, in order. */
export function namingOf(format: string): string[] {
  return [...format.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')
}

/** A relative name from its format and the values of its naming properties. */
export function makeRn(format: string, values: Readonly<Record<string, string>>): string {
  return format.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

const patterns = new Map<string, { expression: RegExp; names: string[] }>()

/** The naming values that a relative name holds, brackets around them taken off; null if it is not of that format. */
export function readRn(format: string, rn: string): Record<string, string> | null {
  const { expression, names } = pattern(format)
  const match = expression.exec(rn)
  if (!match) return null
  return Object.fromEntries(names.map((name, index) => [name, unbracket(match[index + 1] ?? '')]))
}

function unbracket(value: string): string {
  return value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1) : value
}

function pattern(format: string): { expression: RegExp; names: string[] } {
  const known = patterns.get(format)
  if (known) return known
  const source = format
    .split(/(\{\w+\})/)
    .map(piece => (piece.startsWith('{') ? '(.+)' : piece.replace(/[[\]().*+?^$|\\-]/g, '\\$&')))
    .join('')
  const made = { expression: new RegExp(`^${source}$`), names: namingOf(format) }
  patterns.set(format, made)
  return made
}
