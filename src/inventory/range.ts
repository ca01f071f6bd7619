/**
 * The names that an inventory's host pattern stands for: leaf[01:04], odd[1:7:2], pod-[a:c], several in one name, in order.
 * Throws Error with a reason when a range is malformed.
 */
export function expandRange(pattern: string): string[] {
  const found = /\[([^\]]*)\]/.exec(pattern)
  if (!found?.[1]?.includes(':')) return [pattern]
  const head = pattern.slice(0, found.index)
  const tails = expandRange(pattern.slice(found.index + found[0].length))
  const middles = rangeOf(found[1])
  if (middles.length * tails.length > MOST_NAMES) throw new Error(`its ranges stand for more than ${MOST_NAMES} hosts`)
  return middles.flatMap(middle => tails.map(tail => head + middle + tail))
}

const MOST_NAMES = 65_536

function rangeOf(text: string): string[] {
  const [from = '', to = '', step = '1', ...rest] = text.split(':')
  if (rest.length > 0 || to === '') throw new Error(`[${text}] is not a range: write [first:last] or [first:last:step]`)
  const by = Number(step)
  if (!Number.isInteger(by) || by < 1) throw new Error(`the step of the range [${text}] must be a whole number above 0`)
  if (/^\d*$/.test(from) && /^\d+$/.test(to)) return numbers(from || '0', to, by)
  if (/^[A-Za-z]$/.test(from) && /^[A-Za-z]$/.test(to)) return letters(from, to, by)
  throw new Error(`the range [${text}] must go from a number to a number or from a letter to a letter`)
}

function numbers(from: string, to: string, by: number): string[] {
  if (from.length > 1 && from.startsWith('0') && from.length !== to.length)
    throw new Error(`the range [${from}:${to}] must have as many digits at both ends when it is padded with zeros`)
  const width = from.startsWith('0') ? from.length : 0
  if ((Number(to) - Number(from)) / by > MOST_NAMES)
    throw new Error(`the range [${from}:${to}] stands for more than ${MOST_NAMES} hosts`)
  if (Number(from) > Number(to)) throw new Error(`the range [${from}:${to}] must not go down`)
  const names: string[] = []
  for (let value = Number(from); value <= Number(to); value += by) names.push(String(value).padStart(width, '0'))
  return names
}

function letters(from: string, to: string, by: number): string[] {
  const names: string[] = []
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += by) names.push(String.fromCharCode(code))
  return names
}
