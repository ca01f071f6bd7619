import { put, putIndent, putLine, putMark, type Writer } from './writer.ts'

/** Texts of YAML, folded at the width as PyYAML folds them: at single blanks. `splits`: they may be. */

export function putPlain(writer: Writer, text: string, splits: boolean): void {
  if (text === '') return
  if (!writer.isBlank) put(writer, ' ')
  writer.isBlank = false
  writer.isStart = false
  for (const run of text.match(/ +|[^ ]+/g) ?? []) {
    if (run === ' ' && writer.column > writer.width && splits) {
      putIndent(writer)
      writer.isBlank = false
      writer.isStart = false
    } else put(writer, run)
  }
}

export function putSingleQuoted(writer: Writer, text: string, splits: boolean): void {
  putMark(writer, "'", { needsBlank: true })
  let at = 0
  for (const run of text.match(/ +|\n+|[^ \n]+/g) ?? []) {
    const isInside = at !== 0 && at + run.length !== text.length
    at += run.length
    if (run === ' ' && writer.column > writer.width && splits && isInside) putIndent(writer)
    else if (run.startsWith('\n')) {
      for (let line = 0; line <= run.length; line++) putLine(writer)
      putIndent(writer)
    } else put(writer, run.replaceAll("'", "''"))
  }
  putMark(writer, "'")
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

function escapedLetter(letter: string): string {
  if (ESCAPES[letter] !== undefined && letter !== '\xa0') return `\\${ESCAPES[letter]}`
  const code = letter.codePointAt(0) as number
  const digits = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

const isBare = (letter: string) => /^[ !#-[\]-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(letter)

export function putDoubleQuoted(writer: Writer, text: string, splits: boolean): void {
  const letters = [...text]
  let wasBlank = false
  putMark(writer, '"', { needsBlank: true })
  for (const [at, letter] of letters.entries()) {
    const isInside = at > 0 && at < letters.length - 1
    if (letter === ' ' && splits && !wasBlank && writer.column > writer.width && isInside) {
      putIndent(writer)
      if (letters[at + 1] === ' ') put(writer, '\\')
    } else put(writer, isBare(letter) ? letter : escapedLetter(letter))
    wasBlank = letter === ' '
  }
  writer.isBlank = false
  writer.isStart = false
  putMark(writer, '"')
}

/** A block behind |. */
export function putLiteral(writer: Writer, text: string): void {
  const indent = /^[ \n]/.test(text) ? String(writer.step) : ''
  const end = text.endsWith('\n') ? (text.length === 1 || text.endsWith('\n\n') ? '+' : '') : '-'
  putMark(writer, `|${indent}${end}`, { needsBlank: true })
  for (const [index, line] of text.replace(/\n$/, '').split('\n').entries()) {
    if (index === 0) putLine(writer)
    if (line !== '') {
      putIndent(writer)
      put(writer, line)
    }
    if (index < text.replace(/\n$/, '').split('\n').length - 1) putLine(writer)
  }
  writer.isStart = false
}
