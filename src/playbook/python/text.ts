import { entriesOf } from './mapping.ts'
import { defined, isFloat, isList, isSpecial, isUndefined, type Mapping, type Operand, shapeOf } from './operand.ts'

/** More letters than any configuration has: a text that grows beyond is a loop gone wrong. */
export const MOST_LETTERS = 16_000_000

/** Texts with another one between them. Throws Error before it makes one that is too long. */
export function joined(parts: readonly string[], between: string): string {
  let letters = between.length * Math.max(0, parts.length - 1)
  for (const part of parts) letters += part.length
  if (letters > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  return parts.join(between)
}

/** A value as Python's str() shows it. Throws UndefinedError, also for what is undefined inside. */
export function str(value: Operand): string {
  if (typeof value === 'string') return value
  if (isUndefined(value)) return str(defined(value))
  return isSpecial(value) ? value.text() : repr(value)
}

/** A value as Ansible puts it into text: as str(), but None is the empty text. */
export function shown(value: Operand): string {
  return value === null ? '' : str(value)
}

/** A value as Python's repr() shows it: 'a', True, None, 1.0, ['a', 'b'], {'a': 1}, (1,). */
export function repr(value: Operand): string {
  return represent(value, { left: MOST_LETTERS, open: new Set() })
}

interface Writing {
  /** Letters that may still be written: a list that holds itself many times over is short to make and endless to show. */
  left: number
  /** The lists and mappings that are being written. */
  readonly open: Set<unknown>
}

function represent(value: Operand, writing: Writing): string {
  if (value === null) return spend('None', writing)
  if (typeof value === 'boolean') return spend(value ? 'True' : 'False', writing)
  if (typeof value === 'string') return spend(quoted(value), writing)
  if (isFloat(value)) return spend(floatText(Number(value)), writing)
  if (typeof value === 'number' || typeof value === 'bigint') return spend(String(value), writing)
  if (isUndefined(value)) return defined(value) === '' ? 'Undefined' : ''
  if (isSpecial(value)) return spend(value.text(), writing)
  if (writing.open.has(value)) return Array.isArray(value) ? '[...]' : '{...}'
  if (writing.open.size > DEEPEST) throw new Error(`a value of more than ${DEEPEST} levels cannot be shown`)
  writing.open.add(value)
  const text = isList(value) ? listText(value, writing) : mappingText(value as Mapping, writing)
  writing.open.delete(value)
  return text
}

const DEEPEST = 200

function spend(text: string, writing: Writing): string {
  writing.left -= text.length + 2
  if (writing.left < 0) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  return text
}

function listText(list: readonly Operand[], writing: Writing): string {
  const shape = shapeOf(list)
  if (shape === 'range') return rangeText(list)
  const inner = list.map(entry => represent(entry, writing)).join(', ')
  if (shape === 'list') return `[${inner}]`
  if (shape === 'tuple') return list.length === 1 ? `(${inner},)` : `(${inner})`
  return `${shape}([${inner}])`
}

function rangeText(list: readonly Operand[]): string {
  const [first = 0, second = Number(first) + 1] = list.map(Number)
  const step = second - first
  const end = list.length === 0 ? first : Number(list.at(-1)) + step
  return step === 1 ? `range(${first}, ${end})` : `range(${first}, ${end}, ${step})`
}

function mappingText(mapping: Mapping, writing: Writing): string {
  const entries = entriesOf(mapping).map(([key, entry]) => `${represent(key, writing)}: ${represent(entry, writing)}`)
  return `{${entries.join(', ')}}`
}

/** As Python writes a float: the shortest digits that mean it, an exponent from 1e16 on and below 0.0001. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const [digits = '', power = ''] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+'
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const text = Object.is(value, -0) ? '-0' : String(value)
  return Number.isInteger(value) ? `${text}.0` : text
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  if (!/[\\'"]|[^ -~]/.test(text)) return quote + text + quote
  const escaped = text.replace(/[\\'"]|[\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu, letter => {
    if (letter === ' ') return letter
    if (letter === "'" || letter === '"') return letter === quote ? `\\${letter}` : letter
    return ESCAPES[letter] ?? escapedCode(letter.codePointAt(0) as number)
  })
  return quote + escaped + quote
}

function escapedCode(code: number): string {
  const digits = code.toString(16)
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
