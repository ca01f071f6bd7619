import { didYouMean } from '../../model/nearest.ts'
import { isTrue } from '../python/compare.ts'
import { dateOf, formatDate } from '../python/date.ts'
import { mappingOf } from '../python/item.ts'
import { given } from '../python/methods/arguments.ts'
import { pairsOf } from '../python/methods/mapping.ts'
import { type CallArguments, isUndefined, type Operand, special, undefinedOf } from '../python/operand.ts'
import { range } from '../python/sequence.ts'
import { repr, str } from '../python/text.ts'
import type { Machine } from './frame.ts'

/** A function of Jinja or Ansible that every template has; undefined for another name. */
export function globalOf(name: string, { services }: Machine): Operand | undefined {
  if (Object.hasOwn(FUNCTIONS, name)) return functionOf(name, FUNCTIONS[name] as Function)
  return /^(lookup|query|q)$/.test(name) ? functionOf(name, call => services.call(name, call) ?? null) : undefined
}

/** The names of all of them. */
export function globalNames(): string[] {
  return [...Object.keys(FUNCTIONS), 'lookup', 'query', 'q']
}

type Function = (call: CallArguments) => Operand

function functionOf(name: string, call: Function): Operand {
  return special({ type: 'function', text: () => `<function ${name}>`, call })
}

function dict({ args, named }: CallArguments): Operand {
  const pairs = args[0] === undefined ? [] : pairsOf(args[0])
  return mappingOf([...pairs, ...Object.entries(named)])
}

function namespace({ args, named }: CallArguments): Operand {
  const values = new Map<string, Operand>()
  for (const [key, value] of args[0] === undefined ? [] : pairsOf(args[0])) values.set(str(key), value)
  for (const [name, value] of Object.entries(named)) values.set(name, value)
  return special({
    type: 'Namespace',
    text: () => `<Namespace ${repr(mappingOf(values))}>`,
    attribute: name => values.get(name),
    set: (name, value) => void values.set(name, value),
  })
}

function cycler({ args }: CallArguments): Operand {
  if (args.length === 0) throw new Error('at least one item has to be provided')
  let at = 0
  const next = () => args[at++ % args.length] as Operand
  const reset = () => {
    at = 0
    return null
  }
  return special({
    type: 'Cycler',
    text: () => '<Cycler>',
    attribute(name) {
      if (name === 'next') return functionOf('next', next)
      if (name === 'reset') return functionOf('reset', reset)
      return name === 'current' ? args[at % args.length] : undefined
    },
  })
}

function joiner(call: CallArguments): Operand {
  const by = given(call, 0, 'sep') ?? ', '
  let isFirst = true
  return special({
    type: 'Joiner',
    text: () => '<Joiner>',
    call() {
      const text = isFirst ? '' : by
      isFirst = false
      return text
    },
  })
}

const WORDS = 'lorem ipsum dolor sit amet consectetuer adipiscing elit a ac accumsan ad aenean aliquam'.split(' ')

/** So many paragraphs of words without a meaning, the same each time. */
function lipsum(call: CallArguments): string {
  const count = Math.min(Number(given(call, 0, 'n') ?? 5), 1000)
  const html = isTrue(given(call, 1, 'html') ?? true)
  const sentence = `${WORDS.join(' ')}.`
  const text = `L${sentence.slice(1)} ${sentence}`
  return Array.from({ length: count }, () => (html ? `<p>${text}</p>` : text)).join(html ? '\n' : '\n\n')
}

function now(call: CallArguments): Operand {
  const utc = isTrue(given(call, 0, 'utc') ?? false)
  const format = given(call, 1, 'fmt') ?? null
  const time = new Date()
  const shown = utc ? time.getTime() : time.getTime() - time.getTimezoneOffset() * 60_000
  return format === null ? dateOf(shown) : formatDate(shown, str(format))
}

function undef(call: CallArguments): Operand {
  const hint = call.args[0] ?? call.named.hint ?? null
  const text =
    hint === null || hint === '' || isUndefined(hint) ? 'Mandatory variable has not been overridden' : str(hint)
  return undefinedOf(() => text)
}

const FUNCTIONS: Readonly<Record<string, Function>> = {
  range: ({ args }) => range(args),
  dict,
  namespace,
  cycler,
  joiner,
  lipsum,
  now,
  undef,
}

/** For the end of a message about a function that is not there. */
export function nearestFunction(name: string): string {
  return didYouMean(name, globalNames())
}
