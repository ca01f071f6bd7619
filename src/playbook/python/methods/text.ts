import { type CallArguments, isList, type Operand, tuple, typeName } from '../operand.ts'
import { iterate } from '../sequence.ts'
import { joined, MOST_LETTERS } from '../text.ts'
import { given, integerGiven, type Method, textGiven } from './arguments.ts'
import { replace, split, splitFromEnd, splitLines, strip } from './cut.ts'

type Of = (value: string, call: CallArguments) => Operand

const lettersOf = (call: CallArguments) => {
  const letters = given(call, 0, 'chars') ?? null
  return letters === null ? null : textGiven(call, 0, 'chars')
}
const separator = (call: CallArguments) => ((given(call, 0, 'sep') ?? null) === null ? null : textGiven(call, 0, 'sep'))

function capitalize(word: string): string {
  const [first = '', ...rest] = word
  const [upper = '', ...more] = first.toUpperCase()
  return upper + more.join('').toLowerCase() + rest.join('').toLowerCase()
}

/** The part of a text that start and end leave, and where it begins. */
function between(value: string, call: CallArguments): { part: string; from: number } {
  const all = [...value]
  const place = (at: number, name: string, otherwise: number) => {
    const index = integerGiven(call, at, name, otherwise)
    return Math.max(0, Math.min(all.length, index < 0 ? index + all.length : index))
  }
  const from = place(1, 'start', 0)
  return { part: all.slice(from, place(2, 'end', all.length)).join(''), from }
}

function find(value: string, call: CallArguments, backwards: boolean): number {
  const { part, from } = between(value, call)
  const wanted = textGiven(call, 0, 'sub')
  const at = backwards ? part.lastIndexOf(wanted) : part.indexOf(wanted)
  return at < 0 ? -1 : from + [...part.slice(0, at)].length
}

function found(at: number): number {
  if (at < 0) throw new Error('substring not found')
  return at
}

function count(value: string, call: CallArguments): number {
  const { part } = between(value, call)
  const wanted = textGiven(call, 0, 'sub')
  return wanted === '' ? [...part].length + 1 : part.split(wanted).length - 1
}

function affix(value: string, call: CallArguments, check: (part: string, affix: string) => boolean): boolean {
  const { part } = between(value, call)
  const wanted = given(call, 0, 'prefix') ?? null
  const all = isList(wanted) ? wanted : [wanted]
  return all.some(each => {
    if (typeof each !== 'string') throw new Error(`startswith and endswith need str, not ${typeName(each)}`)
    return check(part, each)
  })
}

function join(value: string, call: CallArguments): string {
  const parts = iterate(given(call, 0, 'iterable') ?? null).map((part, index) => {
    if (typeof part === 'string') return part
    throw new Error(`sequence item ${index}: expected str instance, ${typeName(part)} found`)
  })
  return joined(parts, value)
}

function partition(value: string, at: number, by: string): Operand {
  if (by === '') throw new Error('empty separator')
  return tuple([value.slice(0, at), by, value.slice(at + by.length)])
}

function padded(value: string, call: CallArguments, side: 'left' | 'right' | 'both'): string {
  const room = integerGiven(call, 0, 'width') - [...value].length
  const fill = textGiven(call, 1, 'fillchar', ' ')
  if (room > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  if ([...fill].length !== 1) throw new Error('The fill character must be exactly one character long')
  if (room <= 0) return value
  const [width, both] = [room + [...value].length, Math.floor(room / 2)]
  const left = side === 'left' ? room : side === 'right' ? 0 : both + (room & width & 1)
  return fill.repeat(left) + value + fill.repeat(room - left)
}

function zfill(value: string, call: CallArguments): string {
  const sign = /^[-+]/.exec(value)?.[0] ?? ''
  const width = integerGiven(call, 0, 'width')
  if (width > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  return sign + '0'.repeat(Math.max(0, width - [...value].length)) + value.slice(sign.length)
}

function expandTabs(value: string, call: CallArguments): string {
  const size = integerGiven(call, 0, 'tabsize', 8)
  let column = 0
  return value.replace(/\t|[\r\n]|[^\t\r\n]+/g, part => {
    if (part !== '\t') {
      column = /[\r\n]/.test(part) ? 0 : column + [...part].length
      return part
    }
    const room = size > 0 ? size - (column % size) : 0
    column += room
    return ' '.repeat(room)
  })
}

function swapCase(value: string): string {
  return value.replace(/\p{L}/gu, letter =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )
}

function isTitle(value: string): boolean {
  return /\p{L}/u.test(value) && value === title(value)
}

function title(value: string): string {
  return value.replace(/\p{L}+/gu, capitalize)
}

const matches = (pattern: RegExp) => (value: string) => pattern.test(value)

/** The methods of Python's str; format stands in attribute.ts. */
export const TEXT_METHODS: Readonly<Record<string, Method>> = {
  capitalize,
  casefold: (value: string) => value.replaceAll('ß', 'ss').toLowerCase(),
  center: (value: string, call) => padded(value, call, 'both'),
  count,
  encode: (value: string) => value,
  endswith: (value: string, call) => affix(value, call, (part, end) => part.endsWith(end)),
  expandtabs: expandTabs,
  find: (value: string, call) => find(value, call, false),
  index: (value: string, call) => found(find(value, call, false)),
  isalnum: matches(/^[\p{L}\p{N}]+$/u),
  isalpha: matches(/^\p{L}+$/u),
  isascii: matches(/^[\0-\x7f]*$/),
  isdecimal: matches(/^\p{Nd}+$/u),
  isdigit: matches(/^[\p{Nd}²³¹⁰-⁹₀-₉]+$/u),
  isidentifier: matches(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  islower: (value: string) => /\p{Ll}/u.test(value) && !/[\p{Lu}\p{Lt}]/u.test(value),
  isnumeric: matches(/^\p{N}+$/u),
  isprintable: matches(/^(?: |[^\p{C}\p{Z}])*$/u),
  isspace: matches(/^\s+$/),
  istitle: isTitle,
  isupper: (value: string) => /\p{Lu}/u.test(value) && !/[\p{Ll}\p{Lt}]/u.test(value),
  join,
  ljust: (value: string, call) => padded(value, call, 'right'),
  lower: (value: string) => value.toLowerCase(),
  lstrip: (value: string, call) => strip(value, lettersOf(call), 'left'),
  partition: (value: string, call) => {
    const by = textGiven(call, 0, 'sep')
    return value.includes(by) ? partition(value, value.indexOf(by), by) : tuple([value, '', ''])
  },
  removeprefix: (value: string, call) => {
    const prefix = textGiven(call, 0, 'prefix')
    return value.startsWith(prefix) ? value.slice(prefix.length) : value
  },
  removesuffix: (value: string, call) => {
    const suffix = textGiven(call, 0, 'suffix')
    return value.endsWith(suffix) ? value.slice(0, value.length - suffix.length) : value
  },
  replace: (value: string, call) => replaced(value, call),
  rfind: (value: string, call) => find(value, call, true),
  rindex: (value: string, call) => found(find(value, call, true)),
  rjust: (value: string, call) => padded(value, call, 'left'),
  rpartition: (value: string, call) => {
    const by = textGiven(call, 0, 'sep')
    return value.includes(by) ? partition(value, value.lastIndexOf(by), by) : tuple(['', '', value])
  },
  rsplit: (value: string, call) => splitFromEnd(value, separator(call), integerGiven(call, 1, 'maxsplit', -1)),
  rstrip: (value: string, call) => strip(value, lettersOf(call), 'right'),
  split: (value: string, call) => split(value, separator(call), integerGiven(call, 1, 'maxsplit', -1)),
  splitlines: (value: string, call) => splitLines(value, Boolean(given(call, 0, 'keepends') ?? false)),
  startswith: (value: string, call) => affix(value, call, (part, start) => part.startsWith(start)),
  strip: (value: string, call) => strip(value, lettersOf(call), 'both'),
  swapcase: swapCase,
  title,
  upper: (value: string) => value.toUpperCase(),
  zfill,
} satisfies Record<string, Of>

function replaced(value: string, call: CallArguments): string {
  const [from, to] = [textGiven(call, 0, 'old'), textGiven(call, 1, 'new')]
  const times = from === '' ? value.length + 1 : value.split(from).length - 1
  if (value.length + times * to.length > MOST_LETTERS)
    throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
  return replace(value, from, to, integerGiven(call, 2, 'count', -1))
}
