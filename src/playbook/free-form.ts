import { isVariableName } from './keywords.ts'

/**
 * Arguments written in one line: `src=a dest="b c" msg={{ word }}`, and what is left over for modules that take free text
 * (`command: uptime chdir=/`). Quotes hold blanks together, and so do the braces of templates.
 * With `only`, other names than these stay in the free text, as command and shell need it (`env A=b`).
 */
export function parseFreeForm(text: string, only?: readonly string[]): { named: Record<string, string>; rest: string } {
  const named: Record<string, string> = {}
  const rest: string[] = []
  for (const word of splitArguments(text)) {
    const at = word.indexOf('=')
    const name = word.slice(0, at)
    if (at > 0 && isVariableName(name) && (!only || only.includes(name))) {
      if (Object.hasOwn(named, name)) throw new Error(`the argument ${name} is given twice`)
      named[name] = unquote(word.slice(at + 1))
    } else {
      rest.push(word)
    }
  }
  return { named, rest: only ? rest.join(' ') : rest.join(' ').trim() }
}

/** Words split at blanks, quotes kept, templates kept whole. */
function splitArguments(text: string): string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  let depth = 0
  for (let next = 0; next < text.length; next++) {
    const letter = text[next] as string
    const pair = text.slice(next, next + 2)
    if (quote === '' && /^\{[{%#]$/.test(pair)) depth++
    if (quote === '' && /^[}%#]\}$/.test(pair)) {
      depth = Math.max(0, depth - 1)
      word += letter
      next++
    } else if (depth === 0 && quote === '' && /\s/.test(letter)) {
      if (word !== '') words.push(word)
      word = ''
      continue
    } else if (depth === 0 && (letter === '"' || letter === "'") && text[next - 1] !== '\\') {
      quote = quote === '' ? letter : quote === letter ? '' : quote
    }
    word += text[next]
  }
  if (quote !== '') throw new Error(`a quote ${quote} is not closed in: ${text}`)
  if (word !== '') words.push(word)
  return words
}

function unquote(text: string): string {
  const quote = text[0]
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote) return text
  return text.slice(1, -1).replaceAll(`\\${quote}`, quote)
}
