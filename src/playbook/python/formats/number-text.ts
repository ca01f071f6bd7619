/** Floats in a given number of digits, as C and Python write them. */

/** 3.14159 with 2 decimals: '3.14'. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (Object.is(value, -0)) return `-${fixed(0, decimals)}`
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (decimals > 0 ? `.${'0'.repeat(decimals)}` : '')
  const digits = Math.min(decimals, MOST_DIGITS)
  return toEven(digits, more => value.toFixed(more)) + '0'.repeat(decimals - digits)
}

/** 1234.5 with 3 decimals: '1.234e+03'. */
export function exponential(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return special(value)
  if (Object.is(value, -0)) return `-${exponential(0, decimals)}`
  const digits = Math.min(decimals, MOST_DIGITS)
  const [mantissa = '', power = ''] = toEven(digits, more => value.toExponential(more)).split('e')
  return `${mantissa}e${power.charAt(0)}${power.slice(1).padStart(2, '0')}`
}

/** So many digits in all, an exponent where that is shorter, no zeros at the end unless `keepZeros`; `longest` digits before the point. */
export function general(
  value: number,
  precision: number,
  { keepZeros = false, longest = precision || 1 } = {},
): string {
  if (!Number.isFinite(value)) return special(value)
  const digits = precision === 0 ? 1 : precision
  const power = Number(exponential(value, digits - 1).split('e')[1])
  const isLong = power < -4 || power >= longest
  const text = isLong ? exponential(value, digits - 1) : fixed(value, digits - 1 - power)
  if (keepZeros) return text
  const [mantissa = '', rest] = text.split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return rest === undefined ? short : `${short}e${rest}`
}

/** With a decimal point also where no digit follows it: '1.', '1.e+20'. */
export function pointed(text: string): string {
  return /[.n]/.test(text) ? text : text.replace(/(?=[eE%]|$)/, '.')
}

function special(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}

/** What JavaScript writes out at most. */
const MOST_DIGITS = 60
/** A value that is halfway between two has no more digits than this after them. */
const TO_BE_SURE = 40

/** JavaScript rounds what is exactly halfway away from zero, Python to the even neighbour. */
function toEven(decimals: number, write: (decimals: number) => string): string {
  const rounded = write(decimals)
  const exact = write(decimals + TO_BE_SURE)
  const [digits = '', power = ''] = exact.split('e')
  const cut = digits.length - TO_BE_SURE
  const suffix = power === '' ? '' : `e${power}`
  if (!/^50*$/.test(digits.slice(cut))) return rounded
  const below = digits.slice(0, cut).replace(/\.$/, '')
  return Number(below.at(-1)) % 2 === 0 ? below + suffix : rounded
}

/** '1234567' → '1,234,567'; only whole digits are grouped. */
export function grouped(digits: string, by: string, size = 3): string {
  const [whole = '', ...rest] = size === 3 ? digits.split(/(?=[.eE%])/) : [digits]
  return whole.replace(new RegExp(`(?<=[\\da-f])(?=([\\da-f]{${size}})+$)`, 'gi'), by) + rest.join('')
}
