/**
 * Splits a line into words as a POSIX shell does: quotes hold blanks together and are taken off, a backslash takes the next letter as
 * it is. With `comments`, a # that starts a word ends the line. Throws Error for an open quote.
 */
export function splitWords(line: string, { comments = false }: { comments?: boolean } = {}): string[] {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let next = 0; next < line.length; next++) {
    const letter = line[next] as string
    if (quote !== null) {
      if (letter === quote) quote = null
      else if (letter === '\\' && quote === '"' && '"\\'.includes(line[next + 1] ?? '')) word += line[++next] as string
      else word += letter
    } else if (letter === "'" || letter === '"') {
      quote = letter
      word ??= ''
    } else if (/\s/.test(letter)) {
      if (word !== null) words.push(word)
      word = null
    } else if (comments && letter === '#' && word === null) {
      break
    } else {
      word = (word ?? '') + (letter === '\\' ? (line[++next] ?? '') : letter)
    }
  }
  if (quote !== null) throw new Error(`a quote ${quote} is not closed`)
  if (word !== null) words.push(word)
  return words
}
