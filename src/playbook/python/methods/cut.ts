/** How Python cuts texts into parts. */

/** text.split(by, most); by null = at runs of blanks. */
export function split(value: string, by: string | null, most: number): string[] {
  if (by === null) return splitAtBlanks(value, most)
  if (by === '') throw new Error('empty separator')
  const parts = value.split(by)
  if (most < 0 || parts.length <= most + 1) return parts
  return [...parts.slice(0, most), parts.slice(most).join(by)]
}

function splitAtBlanks(value: string, most: number): string[] {
  const parts: string[] = []
  let rest = value.trimStart()
  while (rest !== '') {
    if (most >= 0 && parts.length === most) return [...parts, rest]
    const end = rest.search(/\s/)
    parts.push(end < 0 ? rest : rest.slice(0, end))
    rest = end < 0 ? '' : rest.slice(end).trimStart()
  }
  return parts
}

/** text.rsplit(by, most): counted from the end. */
export function splitFromEnd(value: string, by: string | null, most: number): string[] {
  if (most < 0) return split(value, by, most)
  const mirrored = split(mirror(value), by === null ? null : mirror(by), most)
  return mirrored.map(mirror).reverse()
}

function mirror(value: string): string {
  return [...value].reverse().join('')
}

const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g

export function splitLines(value: string, keepEnds: boolean): string[] {
  const lines: string[] = []
  let at = 0
  for (const found of value.matchAll(LINE_END)) {
    const end = found.index + found[0].length
    lines.push(value.slice(at, keepEnds ? end : found.index))
    at = end
  }
  return at < value.length ? [...lines, value.slice(at)] : lines
}

/** Takes letters off the ends; null = blanks. */
export function strip(value: string, letters: string | null, ends: 'both' | 'left' | 'right'): string {
  const all = [...value]
  const isOut = (letter: string | undefined) =>
    letter !== undefined && (letters === null ? /\s/.test(letter) : letters.includes(letter))
  let [start, end] = [0, all.length]
  if (ends !== 'right') while (start < end && isOut(all[start])) start++
  if (ends !== 'left') while (end > start && isOut(all[end - 1])) end--
  return all.slice(start, end).join('')
}

function escaped(text: string): string {
  return text.replace(/[\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** text.replace(from, to, count); count below 0 = all. */
export function replace(value: string, from: string, to: string, count: number): string {
  let left = count < 0 ? Number.POSITIVE_INFINITY : count
  return value.replace(new RegExp(escaped(from), 'gu'), found => (left-- > 0 ? to : found))
}
