import type { Value } from '../model/value.ts'

/**
 * A Python literal as Ansible reads it in INI inventories and in rendered text: numbers, quoted text, lists, tuples, mappings, True,
 * False, None. Undefined when the text is anything else (a bare word, 0644, 10.0.0.1): it then stays text.
 */
export function pythonLiteral(text: string): Value | undefined {
  const reader = { text, next: 0 }
  try {
    const value = literal(reader, 0)
    blanks(reader)
    return reader.next === text.length ? value : undefined
  } catch (error) {
    if (error === NOT_A_LITERAL) return undefined
    throw error
  }
}

interface Reader {
  readonly text: string
  next: number
}

const NOT_A_LITERAL = Symbol('not a literal')
const NUMBER = /[-+]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?)/y
const WORDS: readonly (readonly [string, Value])[] = [
  ['True', true],
  ['False', false],
  ['None', null],
]

function literal(reader: Reader, depth: number): Value {
  if (depth > 100) throw NOT_A_LITERAL
  blanks(reader)
  const start = reader.text[reader.next]
  if (start === '[') return entries(reader, ']', depth)
  if (start === '(') return entries(reader, ')', depth)
  if (start === '{') return mapping(reader, depth)
  if (start === '"' || start === "'") return quoted(reader)
  for (const [word, value] of WORDS)
    if (reader.text.startsWith(word, reader.next) && !/\w/.test(reader.text[reader.next + word.length] ?? '')) {
      reader.next += word.length
      return value
    }
  return number(reader)
}

function number(reader: Reader): number {
  NUMBER.lastIndex = reader.next
  const found = NUMBER.exec(reader.text)?.[0]
  if (!found || /^[-+]?0\d/.test(found)) throw NOT_A_LITERAL
  reader.next += found.length
  if (/[\w.]/.test(reader.text[reader.next] ?? '')) throw NOT_A_LITERAL
  const digits = found.replace(/^[-+]/, '')
  const value = (found.startsWith('-') ? -1 : 1) * Number(digits)
  if (/^\d+$/.test(digits) && !Number.isSafeInteger(value)) throw NOT_A_LITERAL
  return value
}

function entries(reader: Reader, end: string, depth: number): Value {
  reader.next++
  const list: Value[] = []
  let commas = 0
  for (;;) {
    if (closes(reader, end)) break
    list.push(literal(reader, depth + 1))
    if (closes(reader, end)) break
    take(reader, ',')
    commas++
  }
  return end === ')' && commas === 0 && list.length === 1 ? (list[0] as Value) : list
}

function mapping(reader: Reader, depth: number): Value {
  reader.next++
  const result: Record<string, Value> = {}
  while (!closes(reader, '}')) {
    const key = literal(reader, depth + 1)
    if (typeof key === 'object' && key !== null) throw NOT_A_LITERAL
    take(reader, ':')
    const name = key === true ? 'True' : key === false ? 'False' : key === null ? 'None' : String(key)
    Object.defineProperty(result, name, {
      value: literal(reader, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    })
    if (closes(reader, '}')) break
    take(reader, ',')
  }
  return result
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' }

function quoted(reader: Reader): string {
  const quote = reader.text[reader.next++] as string
  let result = ''
  for (;;) {
    const letter = reader.text[reader.next++]
    if (letter === undefined || letter === '\n') throw NOT_A_LITERAL
    if (letter === quote) return result
    result += letter === '\\' ? escaped(reader) : letter
  }
}

function escaped(reader: Reader): string {
  const letter = reader.text[reader.next++] ?? ''
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : 0
  if (digits > 0) {
    const code = reader.text.slice(reader.next, reader.next + digits)
    reader.next += digits
    return String.fromCharCode(Number.parseInt(code, 16))
  }
  if (ESCAPES[letter] !== undefined) return ESCAPES[letter]
  return '\\\'"'.includes(letter) ? letter : `\\${letter}`
}

function closes(reader: Reader, end: string): boolean {
  blanks(reader)
  if (reader.text[reader.next] !== end) return false
  reader.next++
  return true
}

function take(reader: Reader, mark: string): void {
  blanks(reader)
  if (reader.text[reader.next] !== mark) throw NOT_A_LITERAL
  reader.next++
}

function blanks(reader: Reader): void {
  while (/\s/.test(reader.text[reader.next] ?? '')) reader.next++
}
