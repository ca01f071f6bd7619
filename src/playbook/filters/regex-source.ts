/** A regular expression of Python, as JavaScript writes it. */
export interface Translated {
  readonly source: string
  /** Letters among i, m, s that the expression itself sets. */
  readonly flags: string
}

interface Reader {
  readonly source: string
  readonly unicode: boolean
  readonly multiline: boolean
  readonly endsInNewline: boolean
  at: number
  verbose: boolean
  flags: string
}

const WORD = '[\\p{L}\\p{N}_]'
const NOT_WORD = '[^\\p{L}\\p{N}_]'
/** Where JavaScript sees only ASCII, Python sees every letter and digit. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: WORD,
  W: NOT_WORD,
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
}

/**
 * Translates: named groups, inline flags, comments, \A and \Z. `unicode`: for texts beyond ASCII; `endsInNewline`: for texts that do, where $
 * matches before it too. Throws Error for an escape that Python does not know.
 */
export function translated(
  source: string,
  { unicode = false, multiline = false, endsInNewline = false } = {},
): Translated {
  const reader: Reader = { source, unicode, multiline, endsInNewline, at: 0, verbose: false, flags: '' }
  const head = /^\(\?([aiLmsux]+)\)/.exec(source)
  if (head) setFlags(head[1] as string, reader)
  reader.at = head?.[0].length ?? 0
  let made = ''
  while (reader.at < source.length) made += piece(reader)
  return { source: made, flags: reader.flags }
}

function setFlags(letters: string, reader: Reader): void {
  reader.verbose ||= letters.includes('x')
  reader.flags += letters.replace(/[^ims]/g, '')
}

function piece(reader: Reader): string {
  const { source, unicode } = reader
  const letter = source[reader.at] as string
  if (letter === '\\') return escapeAt(reader, false)
  if (letter === '[') return set(reader)
  if (letter === '(') return group(reader)
  if (reader.verbose && /\s/.test(letter)) return skip(reader, 1)
  if (reader.verbose && letter === '#')
    return skip(reader, (source.slice(reader.at).match(/^[^\n]*/)?.[0] ?? '').length)
  if (letter === '$') return take(reader, 1, lineEnd(reader))
  const repeat = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})(\+)?/.exec(source.slice(reader.at))
  if (repeat && repeat[0] !== '{}' && repeat[0] !== '{,}') return quantifier(reader, repeat)
  return take(reader, 1, unicode && /[{}\]]/.test(letter) ? `\\${letter}` : letter)
}

/** JavaScript's own $ also sees the ends of lines that are none to Python. */
function lineEnd({ multiline, endsInNewline }: Reader): string {
  if (multiline) return '(?=\\n|(?![\\s\\S]))'
  return endsInNewline ? '(?=\\n?(?![\\s\\S]))' : '$'
}

function take(reader: Reader, length: number, made: string): string {
  reader.at += length
  return made
}

function skip(reader: Reader, length: number): string {
  return take(reader, length, '')
}

/** {,3} is {0,3}; a possessive a++ becomes a+, which may try more but matches the like. */
function quantifier(reader: Reader, [all, from, comma, to, possessive]: RegExpExecArray): string {
  const bare = possessive && all.length > 1 ? all.slice(0, -1) : all
  const made = bare.startsWith('{') ? `{${from || (comma ? '0' : '')}${comma}${to}}` : bare
  return take(reader, all.length, made)
}

function group(reader: Reader): string {
  const rest = reader.source.slice(reader.at)
  const comment = /^\(\?#[^)]*\)/.exec(rest)
  if (comment) return skip(reader, comment[0].length)
  const named = /^\(\?P<(\w+)>/.exec(rest)
  if (named) return take(reader, named[0].length, `(?<${named[1]}>`)
  const again = /^\(\?P=(\w+)\)/.exec(rest)
  if (again) return take(reader, again[0].length, `\\k<${again[1]}>`)
  // Atomic groups are not known to JavaScript: without that, more is tried, but the like is found.
  if (rest.startsWith('(?>')) return take(reader, 3, '(?:')
  const flags = /^\(\?([aiLmsux]*)(-[imsx]+)?:/.exec(rest)
  if (flags) return take(reader, flags[0].length, scoped(flags[1] ?? '', flags[2] ?? ''))
  const late = /^\(\?[aiLmsux]+\)/.exec(rest)
  if (late) throw new Error('global flags not at the start of the expression')
  return take(reader, 1, '(')
}

function scoped(on: string, off: string): string {
  const [added, removed] = [on.replace(/[^ims]/g, ''), off.replace(/[^ims]/g, '')]
  return `(?${added}${removed === '' ? '' : `-${removed}`}:`
}

function escapeAt(reader: Reader, isInSet: boolean): string {
  const letter = reader.source[reader.at + 1]
  if (letter === undefined) throw new Error('bad escape (end of pattern)')
  if (letter === 'A' && !isInSet) return take(reader, 2, reader.multiline ? '(?<![\\s\\S])' : '^')
  if (letter === 'Z' && !isInSet) return take(reader, 2, '(?![\\s\\S])')
  if (letter === 'a') return take(reader, 2, '\\x07')
  const wide = /^\\U([\da-fA-F]{8})/.exec(reader.source.slice(reader.at))
  if (wide) return take(reader, 10, escapedCode(Number.parseInt(wide[1] as string, 16), reader))
  if (reader.unicode && Object.hasOwn(CLASSES, letter)) return take(reader, 2, classOf(letter, isInSet))
  if (/[dDsSwWbBfnrtvxu0-9]/.test(letter)) return number(reader, letter)
  if (/[A-Za-z]/.test(letter)) throw new Error(`bad escape \\${letter}`)
  const needsNone = reader.unicode && !/[\^$\\.*+?()[\]{}|/]/.test(letter) && !(letter === '-' && isInSet)
  return take(reader, 2, needsNone ? letter : `\\${letter}`)
}

function escapedCode(code: number, { unicode }: Reader): string {
  return unicode ? `\\u{${code.toString(16)}}` : String.fromCodePoint(code)
}

/** \012 is an octal code, \12 the twelfth group. */
function number(reader: Reader, letter: string): string {
  const octal = /^\\(0[0-7]{0,2}|[1-3][0-7]{2})/.exec(reader.source.slice(reader.at))
  if (!octal) return take(reader, 2, `\\${letter}`)
  return take(
    reader,
    octal[0].length,
    `\\x${Number.parseInt(octal[1] as string, 8)
      .toString(16)
      .padStart(2, '0')}`,
  )
}

function classOf(letter: string, isInSet: boolean): string {
  if (!isInSet) return CLASSES[letter] as string
  if (letter === 'w') return '\\p{L}\\p{N}_'
  if (letter === 'W') return '\\P{L}'
  return letter === 'b' ? '\\b' : (CLASSES[letter] as string)
}

/** [...]: a ] that comes first is a letter. */
function set(reader: Reader): string {
  const { source } = reader
  let made = take(reader, 1, '[')
  if (source[reader.at] === '^') made += take(reader, 1, '^')
  if (source[reader.at] === ']') made += take(reader, 1, '\\]')
  while (reader.at < source.length && source[reader.at] !== ']') {
    const letter = source[reader.at] as string
    made += letter === '\\' ? escapeAt(reader, true) : take(reader, 1, letter === '[' ? '\\[' : letter)
  }
  return made + take(reader, 1, ']')
}
