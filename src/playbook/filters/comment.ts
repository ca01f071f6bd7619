import type { Operand } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { argument } from './argument.ts'
import type { Filter } from './filter.ts'

interface Style {
  readonly decoration: string
  readonly beginning?: string
  readonly end?: string
}

const STYLES: Readonly<Record<string, Style>> = {
  plain: { decoration: '# ' },
  erlang: { decoration: '% ' },
  c: { decoration: '// ' },
  cblock: { beginning: '/*', decoration: ' * ', end: ' */' },
  xml: { beginning: '<!--', decoration: ' - ', end: '-->' },
}

const MOST_TIMES = 1000

/** Text as a comment of some language, with a line of its own before and after it. */
export const comment: Filter = (of, call) => {
  const name = str(argument(call, 0, 'style', 'plain'))
  const style = Object.hasOwn(STYLES, name) ? STYLES[name] : undefined
  if (!style) throw new Error(`there is no style "${name}": there are ${Object.keys(STYLES).join(', ')}`)
  const said = (key: string, otherwise: string) => {
    const given: Operand | undefined = call.named[key]
    return given === undefined ? otherwise : str(given)
  }
  const decoration = said('decoration', style.decoration)
  const newline = said('newline', '\n')
  const edge = decoration.trimEnd()
  const [prefix, postfix] = [said('prefix', edge), said('postfix', edge)]
  const times = (key: string) => Math.max(0, Math.min(MOST_TIMES, Number(call.named[key] ?? 1)))
  const [beginning, end] = [said('beginning', style.beginning ?? ''), said('end', style.end ?? '')]
  const head = prefix === '' ? '' : (prefix === newline ? newline : prefix + newline).repeat(times('prefix_count'))
  const body = (decoration + str(of).replaceAll(newline, newline + decoration)).replaceAll(
    decoration + newline,
    edge + newline,
  )
  return [
    beginning === '' ? '' : beginning + newline,
    head,
    body,
    (newline + postfix).repeat(times('postfix_count')),
    end === '' ? '' : newline + end,
  ].join('')
}
