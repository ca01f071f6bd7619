import type { Value } from '../../model/value.ts'
import { isMapping } from '../../model/value.ts'
import { formatPercent } from '../python/formats/percent.ts'
import { shown } from '../python/text.ts'

/** 'start=1 end=5 stride=2 format=leaf%02d', '1-5/2:leaf%02d', 'count=4': always texts. Throws Error when it has no end. */
export function sequence(term: Value): string[] {
  const { start, end, stride, format } = parsed(term)
  if (stride === 0) return []
  if (end - start > 0 !== stride > 0 && end !== start)
    throw new Error(`with_sequence cannot go from ${start} to ${end} by ${stride}`)
  const length = Math.floor((end - start) / stride) + 1
  if (length > 100_000) throw new Error('with_sequence has more than 100000 entries')
  return Array.from({ length }, (_, index) => formatPercent(format, [start + index * stride], null))
}

interface Sequence {
  readonly start: number
  readonly end: number
  readonly stride: number
  readonly format: string
}

function parsed(term: Value): Sequence {
  if (isMapping(term))
    return fromWords(Object.fromEntries(Object.entries(term).map(([key, value]) => [key, shown(value)])))
  const text = shown(term).trim()
  const short = /^(?:(0?x?[\da-f]+)-)?(0?x?[\da-f]+)(?:\/(-?\d+))?(?::(.*))?$/i.exec(text)
  if (short && !text.includes('=')) {
    return {
      start: Number(short[1] ?? 1),
      end: Number(short[2]),
      stride: Number(short[3] ?? 1),
      format: short[4] ?? '%d',
    }
  }
  const words = [...text.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S+)/g)]
  return fromWords(
    Object.fromEntries(words.map(([, key, value]) => [key as string, (value as string).replace(/^["']|["']$/g, '')])),
  )
}

function fromWords(words: Readonly<Record<string, string>>): Sequence {
  const stride = Number(words.stride ?? 1)
  const start = Number(words.start ?? 1)
  if (words.count === '0') return { start: 0, end: 0, stride: 0, format: '%d' }
  if (words.count === undefined && words.end === undefined)
    throw new Error('must specify count or end in with_sequence')
  const end = words.count === undefined ? Number(words.end) : start + (Number(words.count) - 1) * stride
  const by = words.stride === undefined && end < start ? -1 : stride
  return { start, end, stride: by, format: words.format ?? '%d' }
}
