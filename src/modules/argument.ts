import * as z from 'zod'
import type { Value } from '../model/value.ts'

/** Argument types as playbooks write them: a template yields text, so '5', 'yes' and 'a,b' count as what they mean. */

const YES = new Set(['yes', 'true', 'on', 'y', '1', 't'])
const NO = new Set(['no', 'false', 'off', 'n', '0', 'f'])

export const flag = z.preprocess(value => {
  const text = String(value).toLowerCase()
  return YES.has(text) ? true : NO.has(text) ? false : value
}, z.boolean())

export const number = z.preprocess(
  value => (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value),
  z.number(),
)

export const text = z.preprocess(value => (isScalar(value) ? String(value) : value), z.string())

/** A list of texts, or one text with commas. */
export const texts = z.preprocess(
  value =>
    isScalar(value)
      ? String(value)
          .split(',')
          .map(part => part.trim())
      : value,
  z.array(text),
)

/** An octal mode: '0644', 0o644 as YAML reads it, or symbolic text. */
export const mode = z.preprocess(value => (typeof value === 'number' ? `0${value.toString(8)}` : value), z.string())

export const anything = z.custom<Value>(value => value !== undefined)

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
