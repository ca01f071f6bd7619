import { createHash } from 'node:crypto'
import { groupVersions } from './discovery.ts'
import type { Json, JsonMap } from './json.ts'
import type { Kind } from './kind.ts'
import { PATCH_PARAMETERS, resourcePath } from './openapi-path.ts'
import type { Registry } from './registry.ts'

/** The index: where each group and version's document is; its hash changes when the document does. */
export function openapiV3Index(registry: Registry): JsonMap {
  const kinds = registry.all()
  const known = INDEXES.get(kinds) ?? makeIndex(registry)
  INDEXES.set(kinds, known)
  return known
}

/** kubectl asks for the index in every process: it is made anew only for another set of kinds. */
const INDEXES = new WeakMap<readonly Kind[], JsonMap>()

function makeIndex(registry: Registry): JsonMap {
  const versions = [...groupVersions(registry)].flatMap(([group, list]) => list.map(version => ({ group, version })))
  const paths: JsonMap = {}
  for (const { group, version } of [{ group: '', version: 'v1' }, ...versions]) {
    const path = group ? `apis/${group}/${version}` : `api/${version}`
    const text = JSON.stringify(openapiV3(registry, group, version))
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase()
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }
  }
  return { paths }
}

/** One group and version: what kubectl looks up before a dry run or strict field validation, and the custom kinds' schemas. */
export function openapiV3(registry: Registry, group: string, version: string): JsonMap {
  const kinds = registry.all().filter(kind => kind.group === group && kind.version === version)
  const paths = Object.fromEntries(kinds.map(kind => [resourcePath(kind), { patch: operation(kind) }]))
  const custom = kinds.filter(kind => kind.custom)
  const schemas = Object.fromEntries(custom.map(kind => [schemaName(kind), schema(kind)]))
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1' }, paths, components: { schemas } }
}

const identity = ({ group, version, kind }: Kind): JsonMap => ({ group, version, kind })

function operation(kind: Kind): JsonMap {
  return {
    operationId: `patch${kind.kind}`,
    parameters: PATCH_PARAMETERS.map(name => ({ name, in: 'query', schema: { type: 'string' } })),
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': identity(kind),
  }
}

function schemaName({ group, version, kind }: Kind): string {
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`
}

function schema(kind: Kind): Json {
  const text = JSON.stringify({ ...kind.schema, 'x-kubernetes-group-version-kind': [identity(kind)] })
  return JSON.parse(text) as Json
}
