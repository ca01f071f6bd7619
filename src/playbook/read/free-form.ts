import { isVariableName } from './keywords.ts'

/**
 * Arguments written in one line: `src=a dest="b c" msg={{ word }}`, and what is left over for modules that take free text
 * (`command: uptime chdir=/`), its blanks and line ends kept. Quotes hold blanks together, and so do the braces of templates.
 * With `only`, other names than these stay in the free text, as command and shell need it (`env A=b`). Throws Error.
 */
export function parseFreeForm(text: string, only?: readonly string[]): { named: Record<string, string>; rest: string } {
  const named: Record<string, string> = {}
  let rest = ''
  let kept = 0
  for (const { start, end } of wordsIn(text)) {
    const word = text.slice(start, end)
    const at = word.indexOf('=')
    const name = word.slice(0, at)
    if (at < 1 || !isVariableName(name) || (only && !only.includes(name))) continue
    if (Object.hasOwn(named, name)) throw new Error(`the argument ${name} is given twice`)
    named[name] = unquote(word.slice(at + 1))
    rest += text.slice(kept, start)
    kept = end
  }
  return { named, rest: (rest + text.slice(kept)).trim() }
}

interface Word {
  readonly start: number
  readonly end: number
}

/** Where the words are: split at blanks, quotes and templates kept whole. */
function wordsIn(text: string): Word[] {
  const words: Word[] = []
  let start = -1
  let quote = ''
  let depth = 0
  for (let next = 0; next <= text.length; next++) {
    const letter = text[next] ?? ' '
    if (depth === 0 && quote === '' && /\s/.test(letter)) {
      if (start >= 0) words.push({ start, end: next })
      start = -1
      continue
    }
    if (start < 0) start = next
    const pair = text.slice(next, next + 2)
    if (quote === '' && /^\{[{%#]$/.test(pair)) depth++
    else if (quote === '' && depth > 0 && /^[}%#]\}$/.test(pair)) {
      depth--
      next++
    } else if (depth === 0 && (letter === '"' || letter === "'") && text[next - 1] !== '\\') {
      quote = quote === '' ? letter : quote === letter ? '' : quote
    }
  }
  if (quote !== '') throw new Error(`a quote ${quote} is not closed in: ${text}`)
  if (start >= 0) words.push({ start, end: text.length })
  return words
}

function unquote(text: string): string {
  const quote = text[0]
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote) return text
  return text.slice(1, -1).replaceAll(`\\${quote}`, quote)
}
