/**
 * An upper bound of the ways in which a pattern can be tried on a text of that many letters: the product of the choices of its parts, times the places where it
 * may begin. Infinity where a part that has choices of its own is repeated, and for what is not understood here.
 */
export function searchCost(pattern: RegExp, letters: number): number {
  const starts = isAnchored(pattern) ? 1 : letters + 1
  return starts * choices(pattern.source, letters)
}

/** With `m` it may begin at every line; in 'a|^b' one side is not anchored. */
function isAnchored({ source, flags }: RegExp): boolean {
  return source.startsWith('^') && !flags.includes('m') && !/\|/.test(source)
}

/** A letter, an escape or a set; brackets; a bar; each with the repetition behind it. */
const PART =
  /(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<?[=!]|:|<[^>]*>|[-a-z]*:)|[()|]|[^\\[\]()|*+?{}])([*+?]|\{\d*,?\d*\})?\??/gy

function choices(source: string, letters: number): number {
  let cost = 1
  let end = 0
  for (const found of source.matchAll(PART)) {
    const [part, repeat] = found
    end = found.index + part.length
    const times = timesOf(repeat, letters)
    if (part.startsWith('|')) cost *= 2
    else if (part.startsWith(')')) cost *= repeat === undefined || repeat === '?' ? times : Number.POSITIVE_INFINITY
    else cost *= times
  }
  return end === source.length ? cost : Number.POSITIVE_INFINITY
}

/** In how many ways something can be repeated. */
function timesOf(repeat: string | undefined, letters: number): number {
  if (repeat === undefined) return 1
  if (repeat === '?') return 2
  if (repeat === '*' || repeat === '+') return letters + 1
  const [, least = '', comma = '', most = ''] = /^\{(\d*)(,?)(\d*)\}$/.exec(repeat) ?? []
  if (least === '') return letters + 1
  if (comma === '') return 1
  return most === '' ? letters + 1 : Math.max(1, Math.min(Number(most) - Number(least), letters) + 1)
}
