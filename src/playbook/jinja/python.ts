import type { Value } from '../../model/value.ts'

/** A value as Python's str() shows it: what a template puts into text. None is the empty text, as Ansible has it. */
export function pythonText(value: Value): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : pythonRepr(value)
}

/** A value as Python's repr() shows it: True, None, ['a', 'b'], {'a': 1}. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, entry]) => `${quoted(key)}: ${pythonRepr(entry)}`)
    .join(', ')}}`
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2')
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll(quote, `\\${quote}`)
  return (
    quote +
    escaped.replace(/[\u0000-\u001f\u007f]/g, letter => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`) +
    quote
  )
}

/** Python's truth: empty text, list, mapping, 0 and None are false. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

/** Python's ==. Mappings do not care for the order of their keys. */
export function isEqual(a: Value, b: Value): boolean {
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b
  if (typeof a === 'number' && typeof b === 'boolean') return a === Number(b)
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((entry, index) => isEqual(entry, b[index] as Value))
    )
  const left = a as Record<string, Value>
  const right = b as Record<string, Value>
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every(key => Object.hasOwn(right, key) && isEqual(left[key] as Value, right[key] as Value))
  )
}

/** Python's ordering of numbers, texts and lists; other pairs cannot be compared. Throws Error. */
export function compareValues(a: Value, b: Value): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [index, entry] of a.entries()) {
      if (index >= b.length) return 1
      const order = compareValues(entry, b[index] as Value)
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  const left = typeof a === 'boolean' ? Number(a) : a
  const right = typeof b === 'boolean' ? Number(b) : b
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  throw new Error(`${pythonRepr(a)} and ${pythonRepr(b)} cannot be compared`)
}

/** The name of a value's Python type. */
export function pythonType(value: Value): string {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return { boolean: 'bool', string: 'str', object: 'dict' }[typeof value as 'boolean' | 'string' | 'object'] ?? 'str'
}
