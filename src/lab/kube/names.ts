import { type JsonMap, listOf } from './json.ts'
import type { Kind } from './kind.ts'
import { annotationsOf, labelsOf, metadataOf, nameOf } from './object.ts'
import { type Cause, quoted } from './status.ts'

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

/** Wrong names, labels and annotations of an object. */
export function metadataCauses(object: JsonMap, kind: Kind): Cause[] {
  const labels = Object.entries(labelsOf(object))
  return [
    ...nameCauses(nameOf(object), kind),
    ...labels.flatMap(([key, value]) => [...keyCauses(key, 'metadata.labels'), ...labelValueCauses(value)]),
    ...Object.keys(annotationsOf(object)).flatMap(key => keyCauses(key, 'metadata.annotations')),
    ...listOf(metadataOf(object).finalizers).flatMap(name => keyCauses(String(name), 'metadata.finalizers')),
  ]
}

function nameCauses(name: string, kind: Kind): Cause[] {
  const wrong = (why: string): Cause[] => [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${quoted(name)}: ${why}`, field: 'metadata.name' },
  ]
  if (kind.group === 'rbac.authorization.k8s.io') return /[/%]/.test(name) ? wrong("may not contain '/' or '%'") : []
  const short = kind.kind === 'Namespace' || kind.kind === 'Service'
  if (name.length > (short ? 63 : 253)) return wrong(`must be no more than ${short ? 63 : 253} characters`)
  if ((short ? LABEL : SUBDOMAIN).test(name)) return []
  return wrong(
    short
      ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
      : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  )
}

function keyCauses(key: string, field: string): Cause[] {
  const parts = key.split('/')
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? (parts[0] ?? '') : 'x'
  const valid = parts.length <= 2 && name.length <= 63 && QUALIFIED.test(name) && SUBDOMAIN.test(prefix)
  if (valid) return []
  const why =
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  return [{ reason: 'FieldValueInvalid', message: `Invalid value: ${quoted(key)}: ${why}`, field }]
}

function labelValueCauses(value: unknown): Cause[] {
  const text = String(value)
  if (text === '' || (text.length <= 63 && QUALIFIED.test(text))) return []
  const why =
    text.length > 63
      ? 'must be no more than 63 characters'
      : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  return [{ reason: 'FieldValueInvalid', message: `Invalid value: ${quoted(text)}: ${why}`, field: 'metadata.labels' }]
}
