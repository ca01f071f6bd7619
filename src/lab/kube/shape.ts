import type { JsonMap } from './json.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { partial, tableOf } from './table.ts'

/** In which form a client wants objects: as they are, as rows of a table, or their metadata alone. */
export type Shape = 'object' | 'table' | 'metadata'

/** The first form in an Accept header that the server has. */
export function shapeOf(accept: string): Shape {
  for (const type of accept.split(',')) {
    if (type.includes('as=Table')) return 'table'
    if (type.includes('as=PartialObjectMetadata')) return 'metadata'
    if (type.trim().startsWith('application/json') || type.includes('*/*')) return 'object'
  }
  return 'object'
}

export function shapedObject(shape: Shape, kind: Kind, object: JsonMap, include: string): JsonMap {
  if (shape === 'object') return object
  const metadata = object.metadata as JsonMap
  if (shape === 'metadata') return partial(object)
  return tableOf(kind, [object], { metadata: { resourceVersion: metadata.resourceVersion ?? '' } }, include)
}

export function shapedList(
  shape: Shape,
  kind: Kind,
  list: { items: JsonMap[]; metadata: JsonMap },
  include: string,
): JsonMap {
  const { items, metadata } = list
  if (shape === 'table') return tableOf(kind, items, { metadata }, include)
  if (shape === 'metadata') {
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partial) }
  }
  return { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items }
}
