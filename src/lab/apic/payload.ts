import { refuse } from './refusal.ts'

/** An object of a POST body as it came, without any meaning yet. */
export interface Payload {
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Payload[]
}

/** Reads the body of a POST. Throws Refused with the APIC's words for what is not JSON of its shape. */
export function readPayload(body: string): Payload {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    refuse('400', "JSON parsing failed - invalid JSON at line: '1'")
  }
  if (Array.isArray(parsed)) return only(parsed)
  return readObject(parsed)
}

function only(list: readonly unknown[]): Payload {
  if (list.length !== 1) refuse('400', "invalid data at line '1'. A request holds one object")
  return readObject(list[0])
}

function readObject(value: unknown): Payload {
  if (!isRecord(value)) refuse('400', "invalid data at line '1'. An object is expected")
  const [entry, ...rest] = Object.entries(value)
  if (!entry || rest.length > 0) refuse('400', "invalid data at line '1'. An object has one class")
  const [name, content] = entry
  if (!isRecord(content)) refuse('400', "invalid data at line '1'. An object is expected")
  const keys = Object.keys(content)
  const late = keys.includes('attributes') && keys[0] !== 'attributes'
  const missing = keys.includes('children') && !keys.includes('attributes')
  // The APIC reads its JSON as a stream of tags and wants the attributes before the children (acitoolkit#76).
  if (late || missing) {
    refuse(
      '400',
      "invalid data at line '1'. Attributes are missing, tag 'attributes' must be specified first, before any other tag",
    )
  }
  return { class: name, attributes: readAttributes(content.attributes ?? {}), children: readChildren(content.children) }
}

function readAttributes(value: unknown): Record<string, string> {
  if (!isRecord(value)) refuse('400', 'JSON parsing failed - incomplete attribute value at line: 1')
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, readValue(content)]))
}

/** Numbers and booleans are taken as the text they are; null and nested values are not. */
function readValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return refuse('400', 'JSON parsing failed - incomplete attribute value at line: 1')
}

function readChildren(value: unknown): Payload[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) refuse('400', "invalid data at line '1'. Children are a list")
  return value.map(readObject)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
