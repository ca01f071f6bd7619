import { loadAll } from 'js-yaml'
import { isBomb } from '../../model/expanded-size.ts'
import { FailureError } from '../../model/failure.ts'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'

/**
 * The objects of a definition: a mapping, a list of them, or YAML or JSON text of many documents. `kind: List` is unfolded, empty
 * documents are left out.
 * @throws FailureError invalid: not YAML, or something else than mappings in it.
 */
export function documentsOf(definition: unknown): readonly Record<string, unknown>[] {
  if (definition === null || definition === undefined) return []
  if (typeof definition === 'string') return parsed(definition).flatMap(documentsOf)
  if (Array.isArray(definition)) return definition.flatMap(documentsOf)
  if (!isMapping(definition)) throw invalid(`A definition holds ${JSON.stringify(definition)} where an object must be.`)
  const isList = typeof definition.kind === 'string' && definition.kind.endsWith('List')
  return isList && Array.isArray(definition.items) ? definition.items.flatMap(documentsOf) : [definition]
}

function parsed(text: string): readonly unknown[] {
  let documents: readonly unknown[]
  try {
    documents = loadAll(text)
  } catch (error) {
    // Only the place: the parser's excerpt of the text may hold secrets.
    const { reason, mark } = error as { reason?: string; mark?: { line: number } }
    throw invalid(`The definition is not YAML: ${reason ?? 'it cannot be read'} in its line ${(mark?.line ?? 0) + 1}.`)
  }
  if (isBomb(documents, text)) throw invalid('The aliases of the definition expand to too many values.')
  const word = documents.find(document => typeof document === 'string')
  if (word !== undefined) throw invalid('The definition is a text that holds no objects.')
  return documents
}

export interface Defaults {
  readonly apiVersion?: string | undefined
  readonly kind?: string | undefined
  readonly name?: string | undefined
  readonly namespace?: string | undefined
}

/**
 * A document as an object to apply: what it lacks is taken from the short arguments. A Secret's stringData becomes data: the server does
 * the same, but leaves a dropped key behind when it is applied from stringData.
 * @throws FailureError invalid: apiVersion, kind or name is missing.
 */
export function objectOf(document: Readonly<Record<string, unknown>>, defaults: Defaults): KubeObject {
  const apiVersion = textIn(document.apiVersion) ?? defaults.apiVersion
  const kind = textIn(document.kind) ?? defaults.kind
  const metadata = isMapping(document.metadata) ? document.metadata : {}
  const name = textIn(metadata.name) ?? defaults.name
  const namespace = textIn(metadata.namespace) ?? defaults.namespace
  const missing = Object.entries({ apiVersion, kind, 'metadata.name': name }).find(([, value]) => !value)?.[0]
  if (missing)
    throw invalid(`The definition of ${kind ?? 'an object'} ${name ?? ''} has no ${missing}.`.replace('  ', ' '))
  const named = { ...metadata, name, ...(namespace ? { namespace } : {}) }
  return withoutStringData({ ...document, apiVersion, kind, metadata: named } as unknown as KubeObject)
}

function withoutStringData(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret' || !isMapping(object.stringData)) return object
  const { stringData, ...rest } = object
  const entries = Object.entries(object.stringData).map(
    ([name, value]) => [name, Buffer.from(String(value), 'utf8').toString('base64')] as const,
  )
  const data = isMapping(object.data) ? object.data : {}
  return { ...rest, data: { ...data, ...Object.fromEntries(entries) } } as KubeObject
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}

function invalid(message: string): FailureError {
  return new FailureError({ code: 'invalid', message })
}
