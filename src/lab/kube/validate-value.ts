import { isIP } from 'node:net'
import type { Schema } from './schema.ts'
import { type Cause, quoted } from './status.ts'

/** Length, pattern and format of a string. */
export function textCauses(value: string, schema: Schema, path: string): Cause[] {
  const { minLength, maxLength, pattern, format } = schema
  const wrong = (why: string): Cause => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${quoted(value)}: ${path} in body ${why}`,
    field: path,
  })
  const causes: Cause[] = []
  if (minLength !== undefined && value.length < minLength)
    causes.push(wrong(`should be at least ${minLength} chars long`))
  if (maxLength !== undefined && value.length > maxLength) {
    causes.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${maxLength} bytes`,
      field: path,
    })
  }
  if (pattern !== undefined && !matches(value, pattern)) causes.push(wrong(`should match '${pattern}'`))
  if (format && !hasFormat(value, format)) causes.push(wrong(`must be of type ${format}: ${quoted(value)}`))
  return causes
}

export function numberCauses(value: number, schema: Schema, path: string): Cause[] {
  const wrong = (why: string): Cause[] => [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${value}: ${path} in body should be ${why}`, field: path },
  ]
  const { minimum, maximum } = schema
  if (minimum !== undefined && value < minimum) return wrong(`greater than or equal to ${minimum}`)
  if (maximum !== undefined && value > maximum) return wrong(`less than or equal to ${maximum}`)
  if (schema.exclusiveMinimum && value === minimum) return wrong(`greater than ${minimum}`)
  return schema.exclusiveMaximum && value === maximum ? wrong(`less than ${maximum}`) : []
}

export function sizeCauses(size: number, schema: Schema, path: string): Cause[] {
  const { minItems, maxItems } = schema
  if (maxItems !== undefined && size > maxItems) {
    return [
      { reason: 'FieldValueTooMany', message: `Too many: ${size}: must have at most ${maxItems} items`, field: path },
    ]
  }
  if (minItems === undefined || size >= minItems) return []
  const message = `Invalid value: ${size}: ${path} in body should have at least ${minItems} items`
  return [{ reason: 'FieldValueInvalid', message, field: path }]
}

/** Go writes case-insensitive patterns as `(?i)`, also after the `^`. One that JavaScript cannot read is not checked. */
function matches(value: string, pattern: string): boolean {
  const insensitive = pattern.includes('(?i)')
  try {
    return new RegExp(pattern.replace('(?i)', ''), insensitive ? 'i' : '').test(value)
  } catch {
    return true
  }
}

function hasFormat(value: string, format: string): boolean {
  if (format === 'ipv4') return isIP(value) === 4
  if (format === 'ipv6') return isIP(value) === 6
  if (format === 'date-time') return !Number.isNaN(Date.parse(value))
  return format === 'cidr' ? isCidr(value) : true
}

/** An address with a prefix length that its family allows. */
export function isCidr(value: string): boolean {
  const [address = '', length = '', ...rest] = value.split('/')
  const family = isIP(address)
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128)
}
