type Labels = Readonly<Record<string, string>>
export type Selector = (labels: Labels) => boolean

interface Tokens {
  readonly list: readonly string[]
  at: number
}

/**
 * Calico's selector language: `rack_id == "1" && !has(edge)`, `role in {"a", "b"}`, `all()`.
 * A text that is not of the language selects nothing, as Felix does with it.
 */
export function parseSelector(text: string): Selector {
  const list = text.match(/"[^"]*"|'[^']*'|==|!=|&&|\|\||[(){},!]|[^\s"'=!&|(){},]+/g) ?? []
  const tokens: Tokens = { list, at: 0 }
  try {
    const selector = list.length === 0 ? () => true : parseOr(tokens)
    return tokens.at === list.length ? selector : () => false
  } catch (error) {
    if (error instanceof SyntaxError) return () => false
    throw error
  }
}

function parseOr(tokens: Tokens): Selector {
  const terms = [parseAnd(tokens)]
  while (take(tokens, '||')) terms.push(parseAnd(tokens))
  return labels => terms.some(term => term(labels))
}

function parseAnd(tokens: Tokens): Selector {
  const terms = [parseTerm(tokens)]
  while (take(tokens, '&&')) terms.push(parseTerm(tokens))
  return labels => terms.every(term => term(labels))
}

function parseTerm(tokens: Tokens): Selector {
  if (take(tokens, '!')) {
    const inner = parseTerm(tokens)
    return labels => !inner(labels)
  }
  if (take(tokens, '(')) {
    const inner = parseOr(tokens)
    expect(tokens, ')')
    return inner
  }
  const word = next(tokens)
  if ((word === 'all' || word === 'global') && take(tokens, '(')) {
    expect(tokens, ')')
    return () => true
  }
  if (word === 'has' && take(tokens, '(')) {
    const label = next(tokens)
    expect(tokens, ')')
    return labels => Object.hasOwn(labels, label)
  }
  return parseComparison(tokens, word)
}

function parseComparison(tokens: Tokens, label: string): Selector {
  const operator = next(tokens)
  if (operator === '==') return equals(label, unquote(next(tokens)))
  if (operator === '!=') return not(equals(label, unquote(next(tokens))))
  if (operator === 'in') return among(label, parseSet(tokens))
  if (operator === 'contains') return textTest(label, unquote(next(tokens)), 'includes')
  if (operator === 'not') {
    expect(tokens, 'in')
    return not(among(label, parseSet(tokens)))
  }
  if (operator === 'starts' || operator === 'ends') {
    expect(tokens, 'with')
    return textTest(label, unquote(next(tokens)), operator === 'starts' ? 'startsWith' : 'endsWith')
  }
  throw new SyntaxError(`unexpected ${operator}`)
}

function parseSet(tokens: Tokens): string[] {
  expect(tokens, '{')
  const values: string[] = []
  while (!take(tokens, '}')) {
    values.push(unquote(next(tokens)))
    take(tokens, ',')
  }
  return values
}

function equals(label: string, value: string): Selector {
  return labels => labels[label] === value
}

function among(label: string, values: readonly string[]): Selector {
  return labels => values.includes(labels[label] ?? '\0')
}

function textTest(label: string, value: string, test: 'includes' | 'startsWith' | 'endsWith'): Selector {
  return labels => labels[label]?.[test](value) ?? false
}

function not(selector: Selector): Selector {
  return labels => !selector(labels)
}

function next(tokens: Tokens): string {
  const token = tokens.list[tokens.at++]
  if (token === undefined) throw new SyntaxError('unexpected end')
  return token
}

function take(tokens: Tokens, wanted: string): boolean {
  if (tokens.list[tokens.at] !== wanted) return false
  tokens.at++
  return true
}

function expect(tokens: Tokens, wanted: string): void {
  if (!take(tokens, wanted)) throw new SyntaxError(`expected ${wanted}`)
}

function unquote(token: string): string {
  return token.replace(/^["']|["']$/g, '')
}
