/** A word of a Jinja expression; `at` is where it starts in the template. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'mark' | 'end'
  readonly text: string
  readonly at: number
}

/** Thrown for what cannot be an expression or a template; `at` is the offset in it. */
export interface SyntaxProblem {
  readonly syntax: string
  readonly at: number
}

export function problemAt(syntax: string, at: number): SyntaxProblem {
  return { syntax, at }
}

const MARKS = /\*\*|\/\/|==|!=|<=|>=|[-+*/%~<>()[\]{},.:|=]/y
const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][-+]?\d+(?:_\d+)*)?/y
const INDEX = /\d+(?:_\d+)*/y
const TEXT = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y

/**
 * The tokens of an expression, an 'end' last. `from` is where it stands in its template. With `raw`, backslashes in quotes stay as they
 * are written: in the {{ }} of a playbook Ansible doubles them, so that '\1' and '\d' need no more. Throws SyntaxProblem.
 */
export function tokens(source: string, { from = 0, raw = false } = {}): Token[] {
  const found: Token[] = []
  let at = 0
  const take = (kind: Token['kind'], pattern: RegExp) => {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text === undefined) return false
    found.push({ kind, text: kind === 'text' ? content(text.slice(1, -1), raw) : text, at: from + at })
    at += text.length
    return true
  }
  while (at < source.length) {
    const isIndex = found.at(-1)?.text === '.' && found.at(-1)?.kind === 'mark'
    if (/\s/.test(source[at] as string)) at++
    else if (
      !take('name', NAME) &&
      !take('number', isIndex ? INDEX : NUMBER) &&
      !take('text', TEXT) &&
      !take('mark', MARKS)
    )
      throw problemAt(unknown(source[at] as string), from + at)
  }
  found.push({ kind: 'end', text: 'end of the expression', at: from + source.length })
  return found
}

function unknown(letter: string): string {
  return /['"]/.test(letter) ? 'a quote is not closed' : `unexpected character ${letter}`
}

function content(text: string, raw: boolean): string {
  if (!text.includes('\\')) return text
  return raw ? text.replace(/\\(['"])/g, '$1') : unescaped(text)
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

/** As Python reads what stands between quotes; an escape that it does not know stays as it is. */
function unescaped(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g, (all, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
    if (code.length > 1) return String.fromCodePoint(Math.min(Number.parseInt(code.slice(1), 16), 0x10ffff))
    return ESCAPES[code] ?? all
  })
}
