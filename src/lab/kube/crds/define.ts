import type { Json, JsonMap } from '../json.ts'
import { object, type Schema } from '../schema.ts'

interface Resource {
  readonly group: string
  /** Newest (storage) first. */
  readonly versions: readonly string[]
  readonly kind: string
  readonly plural: string
  readonly shortNames?: readonly string[]
  readonly namespaced?: boolean
  readonly spec: Schema
  readonly optionalSpec?: boolean
  readonly status?: Schema
  readonly statusSubresource?: boolean
  /** Printer columns: title and JSONPath. */
  readonly columns?: readonly (readonly [name: string, jsonPath: string, type?: string])[]
}

/** A CustomResourceDefinition from what tells one resource from another. */
export function customResource(resource: Resource): JsonMap {
  const { group, kind, plural, namespaced = false, versions } = resource
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        ...(resource.shortNames ? { shortNames: [...resource.shortNames] } : {}),
      },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: versions.map((name, index) => version(resource, name, index === 0)),
    },
  }
}

function version(resource: Resource, name: string, storage: boolean): JsonMap {
  const columns = resource.columns ?? [['Age', '.metadata.creationTimestamp', 'date'] as const]
  const status: Record<string, Schema> = resource.status ? { status: resource.status } : {}
  const schema = object({
    [resource.optionalSpec ? 'spec' : 'spec!']: resource.spec,
    ...status,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
  })
  return {
    name,
    served: true,
    storage,
    ...(resource.statusSubresource ? { subresources: { status: {} } } : {}),
    additionalPrinterColumns: columns.map(([title, jsonPath, type = 'string']) => ({ name: title, jsonPath, type })),
    schema: { openAPIV3Schema: schema as unknown as Json },
  }
}
