import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'

const MASK = '********'

/** Annotations that hold passwords in base64: 'kube-router.io/peer.passwords'. */
const SECRET_ANNOTATION = /(password|passwd|token)s?$/i

/**
 * Both sides of a change with every secret value masked: a Secret's data and stringData, annotations that hold passwords. A value that
 * differs says so, and nothing else about itself.
 */
export function maskedPair<A extends KubeObject | null>(before: A, after: A): readonly [A, A] {
  return [masked(before, null) as A, masked(after, before) as A]
}

/** An object with its secret values masked; those that differ from `other` say that they changed. */
function masked(object: KubeObject | null, other: KubeObject | null): KubeObject | null {
  if (!object) return null
  const result: Record<string, unknown> = { ...object }
  if (object.kind === 'Secret') {
    for (const field of ['data', 'stringData']) {
      if (isMapping(object[field]))
        result[field] = maskValues(object[field], other?.[field], () => true, other !== null)
    }
  }
  const annotations = object.metadata.annotations
  if (annotations) {
    const isSecret = (name: string) => SECRET_ANNOTATION.test(name)
    const shown = maskValues(annotations, other?.metadata.annotations, isSecret, other !== null)
    result.metadata = { ...object.metadata, annotations: shown }
  }
  return result as unknown as KubeObject
}

function maskValues(
  values: Readonly<Record<string, unknown>>,
  others: unknown,
  isSecret: (name: string) => boolean,
  compared: boolean,
): Readonly<Record<string, unknown>> {
  const known = isMapping(others) ? others : {}
  const mask = (name: string, value: unknown) => {
    if (!isSecret(name)) return value
    return compared && known[name] !== value ? `${MASK} (changed)` : MASK
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mask(name, value)]))
}

/** Every secret value of an object, as written and with base64 taken off or put on. */
export function secretValuesOf(object: KubeObject): readonly string[] {
  const fields = object.kind === 'Secret' ? [object.data, object.stringData].filter(isMapping) : []
  const noted = Object.entries(object.metadata?.annotations ?? {}).filter(([name]) => SECRET_ANNOTATION.test(name))
  const copies = object.kind === 'Secret' ? copiesOf(object) : []
  const values = [...fields.flatMap(field => Object.values(field)), ...noted.flatMap(([, value]) => value.split(','))]
  const texts = values.filter((value): value is string => typeof value === 'string' && value !== '')
  return [...new Set([...texts.flatMap(bothForms), ...copies])]
}

/** The values in the copy that `kubectl apply` keeps in an annotation. */
function copiesOf(object: KubeObject): readonly string[] {
  const copy = object.metadata?.annotations?.['kubectl.kubernetes.io/last-applied-configuration']
  if (copy === undefined) return []
  try {
    const parsed: unknown = JSON.parse(copy)
    const fields = isMapping(parsed) ? [parsed.data, parsed.stringData].filter(isMapping) : []
    return fields
      .flatMap(field => Object.values(field))
      .flatMap(value => (typeof value === 'string' ? bothForms(value) : []))
  } catch {
    return [copy]
  }
}

function bothForms(value: string): readonly string[] {
  const decoded = Buffer.from(value, 'base64')
  const isBase64 = decoded.length > 0 && decoded.toString('base64') === value
  return [value, isBase64 ? decoded.toString('utf8') : Buffer.from(value, 'utf8').toString('base64')]
}
