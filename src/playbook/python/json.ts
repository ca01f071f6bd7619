import { type Key, noteKeys } from '../../model/as-written.ts'
import { compare } from './compare.ts'
import { entriesOf } from './mapping.ts'
import { defined, float, integer, isDict, isFloat, isList, isSpecial, type Mapping, type Operand } from './operand.ts'
import { type Counted, count, MOST_VALUES } from './size.ts'
import { floatText, MOST_LETTERS, str } from './text.ts'

/** JSON as Python's json module writes and reads it. */
export interface JsonStyle {
  /** Spaces for each level; null = all in one line. */
  readonly indent: number | null
  readonly sortKeys: boolean
  /** Letters beyond ASCII are escaped. */
  readonly ascii: boolean
  /** What stands between entries, and between a key and its value. */
  readonly separators: readonly [string, string]
}

/** A value as JSON. Throws UndefinedError, and Error for keys that cannot be sorted. */
export function jsonText(value: Operand, style: JsonStyle): string {
  return written(value, { ...style, size: { left: MOST_VALUES } }, 0)
}

const DEEPEST = 200

/** How JSON is written, and how many more values it may take: those that stand in many places are written as often. */
interface Writing extends JsonStyle {
  readonly size: Counted
}

function written(value: Operand, style: Writing, level: number): string {
  if (level > DEEPEST) throw new Error(`a value of more than ${DEEPEST} levels is no JSON`)
  count(style.size)
  const known = defined(value)
  if (known === null) return 'null'
  if (typeof known === 'boolean' || typeof known === 'bigint') return String(known)
  if (isFloat(known)) return numberText(Number(known))
  if (typeof known === 'number') return String(known)
  if (typeof known === 'string') return quoted(known, style)
  if (isSpecial(known)) return quoted(known.text().replace(' ', 'T'), style)
  if (isList(known))
    return enclosed(
      '[]',
      known.map(entry => written(entry, style, level + 1)),
      { style, level },
    )
  return mappingText(known as Mapping, style, level)
}

function mappingText(mapping: Mapping, style: Writing, level: number): string {
  const entries = entriesOf(mapping)
  if (style.sortKeys) entries.sort(([a], [b]) => compare(a, b))
  const parts = entries.map(
    ([key, entry]) => `${quoted(keyText(key), style)}${style.separators[1]}${written(entry, style, level + 1)}`,
  )
  return enclosed('{}', parts, { style, level })
}

function enclosed(
  brackets: string,
  parts: readonly string[],
  { style: { indent, separators }, level }: { style: JsonStyle; level: number },
): string {
  if (parts.length === 0) return brackets
  const line = (levels: number) => (indent === null ? '' : `\n${' '.repeat(indent * levels)}`)
  return brackets[0] + line(level + 1) + parts.join(separators[0] + line(level + 1)) + line(level) + brackets[1]
}

function keyText(key: Key): string {
  if (key === null) return 'null'
  return typeof key === 'string'
    ? key
    : typeof key === 'boolean'
      ? String(key)
      : isFloat(key)
        ? floatText(key)
        : str(key)
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? floatText(value) : value > 0 ? 'Infinity' : '-Infinity'
}

function quoted(text: string, { ascii }: JsonStyle): string {
  const json = JSON.stringify(text)
  if (!ascii) return json
  return json.replace(/[\u007f-\uffff]/g, letter => {
    const code = letter.charCodeAt(0)
    return code === 0x7f ? letter : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

interface Reader {
  readonly text: string
  at: number
}

/** Reads JSON; keys keep their order, and whole floats are floats. Throws Error that does not quote the text: it may hold a secret. */
export function readJson(text: string): Operand {
  if (text.length > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  const reader = { text, at: 0 }
  const value = valueAt(reader, 0)
  blanks(reader)
  if (reader.at < text.length) throw wrong(reader)
  return value
}

function wrong({ at }: Reader): Error {
  return new Error(`this is not JSON (at character ${at + 1})`)
}

const WORDS: readonly (readonly [string, Operand])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"/y
const BLANKS = /[ \t\n\r]*/y

function valueAt(reader: Reader, level: number): Operand {
  if (level > DEEPEST) throw wrong(reader)
  blanks(reader)
  const start = reader.text[reader.at]
  if (start === '"') return textAt(reader)
  if (start === '[') return listAt(reader, level)
  if (start === '{') return mappingAt(reader, level)
  for (const [word, value] of WORDS)
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length
      return value
    }
  NUMBER.lastIndex = reader.at
  const found = NUMBER.exec(reader.text)
  if (!found) throw wrong(reader)
  reader.at += found[0].length
  return found[1] || found[2] ? float(Number(found[0])) : integer(BigInt(found[0]))
}

function textAt(reader: Reader): string {
  TEXT.lastIndex = reader.at
  const found = TEXT.exec(reader.text)?.[0]
  if (found === undefined) throw wrong(reader)
  reader.at += found.length
  return found.includes('\\') ? (JSON.parse(found) as string) : found.slice(1, -1)
}

function listAt(reader: Reader, level: number): Operand {
  const entries: Operand[] = []
  reader.at++
  if (accept(reader, ']')) return entries
  for (;;) {
    entries.push(valueAt(reader, level + 1))
    if (accept(reader, ']')) return entries
    if (!accept(reader, ',')) throw wrong(reader)
  }
}

function mappingAt(reader: Reader, level: number): Operand {
  const mapping: Record<string, Operand> = {}
  const keys = new Map<string, Key>()
  reader.at++
  if (accept(reader, '}')) return mapping
  for (;;) {
    blanks(reader)
    const name = textAt(reader)
    if (!accept(reader, ':')) throw wrong(reader)
    const value = valueAt(reader, level + 1)
    Object.defineProperty(mapping, name, { value, enumerable: true, configurable: true, writable: true })
    keys.set(name, name)
    if (accept(reader, '}')) break
    if (!accept(reader, ',')) throw wrong(reader)
  }
  noteKeys(mapping, keys)
  return isDict(mapping) ? mapping : {}
}

function accept(reader: Reader, mark: string): boolean {
  blanks(reader)
  if (reader.text[reader.at] !== mark) return false
  reader.at++
  return true
}

function blanks(reader: Reader): void {
  BLANKS.lastIndex = reader.at
  BLANKS.exec(reader.text)
  reader.at = BLANKS.lastIndex
}
