/** A word of a Jinja expression and where it starts. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'mark' | 'end'
  readonly text: string
  readonly at: number
}

/** Thrown for what cannot be an expression; `at` is the offset in its text. */
export interface SyntaxProblem {
  readonly syntax: string
  readonly at: number
}

const MARKS = /\*\*|\/\/|==|!=|<=|>=|[-+*/%~<>()[\]{},.:|=]/y
const NAME = /[A-Za-z_]\w*/y
const NUMBER = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const TEXT = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y

/** The tokens of an expression, an 'end' last. Throws SyntaxProblem. */
export function tokens(source: string): Token[] {
  const found: Token[] = []
  let at = 0
  const take = (kind: Token['kind'], pattern: RegExp) => {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text === undefined) return false
    found.push({ kind, text: kind === 'text' ? unescaped(text.slice(1, -1)) : text, at })
    at += text.length
    return true
  }
  while (at < source.length) {
    if (/\s/.test(source[at] as string)) at++
    else if (!take('name', NAME) && !take('number', NUMBER) && !take('text', TEXT) && !take('mark', MARKS))
      throw problemAt(
        /['"]/.test(source[at] as string) ? 'a quote is not closed' : `unexpected character ${source[at]}`,
        at,
      )
  }
  found.push({ kind: 'end', text: 'end of the expression', at: source.length })
  return found
}

export function problemAt(syntax: string, at: number): SyntaxProblem {
  return { syntax, at }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

function unescaped(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/g, (all, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? all),
  )
}
