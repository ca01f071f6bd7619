import type { Value } from '../../model/value.ts'

const WORDS: Readonly<Record<string, Value>> = { '': null, '~': null, null: null, Null: null, NULL: null }
for (const [words, value] of [
  ['yes Yes YES true True TRUE on On ON', true],
  ['no No NO false False FALSE off Off OFF', false],
] as const)
  for (const word of words.split(' ')) (WORDS as Record<string, Value>)[word] = value

/**
 * What a plain (unquoted) scalar means in YAML 1.1 as PyYAML reads it, which is what Ansible's users rely on:
 * `yes` is true but `y` is text, 0644 is octal, 1:30 is 90, 1e3 is text (a float needs a dot), dates stay text.
 */
export function plainScalar(text: string): Value {
  if (Object.hasOwn(WORDS, text)) return WORDS[text] as Value
  if (!/^[-+.\d]/.test(text)) return text
  return integer(text) ?? float(text) ?? text
}

/** Whether a scalar that is a number is a float, though the number is whole: 1.0. */
export function isWholeFloat(text: string): boolean {
  return text.includes('.') && Number.isInteger(float(text))
}

function integer(text: string): number | null {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  if (/^[-+]?0b[01_]+$/.test(text)) return sign * Number.parseInt(digits.slice(2), 2)
  if (/^[-+]?0x[\da-fA-F_]+$/.test(text)) return sign * Number.parseInt(digits.slice(2), 16)
  if (/^[-+]?0[0-7_]+$/.test(text)) return sign * Number.parseInt(digits, 8)
  if (/^[-+]?(0|[1-9][\d_]*)$/.test(text)) return safe(sign * Number(digits))
  if (/^[-+]?[1-9][\d_]*(:[0-5]?\d)+$/.test(text)) return sign * sexagesimal(digits)
  return null
}

function float(text: string): number | null {
  const plain = text.replaceAll('_', '')
  if (/^[-+]?(\d[\d_]*\.[\d_]*|\.\d[\d_]*)([eE][-+]\d+)?$/.test(text)) return Number(plain)
  if (/^[-+]?\d[\d_]*(:[0-5]?\d)+\.[\d_]*$/.test(text))
    return (text.startsWith('-') ? -1 : 1) * sexagesimal(plain.replace(/^[-+]/, ''))
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^\.(nan|NaN|NAN)$/.test(text)) return Number.NaN
  return null
}

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Integers that a JavaScript number cannot hold exactly stay text, rather than become another number. */
function safe(value: number): number | null {
  return Number.isSafeInteger(value) ? value : null
}
