import { type JsonMap, listOf, mapOf, textOf } from './json.ts'
import type { Column, Kind } from './kind.ts'
import { AGE } from './kinds/define.ts'
import { metadata } from './kinds/workload-schema.ts'
import { specOf } from './object.ts'
import type { Schema } from './schema.ts'

/** The kinds that a CustomResourceDefinition makes: one per served version. */
export function kindsOf(definition: JsonMap): Kind[] {
  const spec = specOf(definition)
  return listOf(spec.versions)
    .map(mapOf)
    .filter(version => version.served !== false)
    .map(version => kindOf(spec, version))
}

function kindOf(spec: JsonMap, version: JsonMap): Kind {
  const names = mapOf(spec.names)
  const kind = textOf(names.kind)
  const hasStatus = mapOf(version.subresources).status !== undefined
  const printed = listOf(version.additionalPrinterColumns).map(column => columnOf(mapOf(column)))
  return {
    group: textOf(spec.group),
    version: textOf(version.name),
    kind,
    plural: textOf(names.plural),
    singular: textOf(names.singular) || kind.toLowerCase(),
    shortNames: listOf(names.shortNames).map(textOf),
    categories: listOf(names.categories).map(textOf),
    namespaced: spec.scope === 'Namespaced',
    hasStatus,
    subresources: hasStatus ? [{ name: 'status', kind, verbs: ['get', 'patch', 'update'] }] : [],
    schema: schemaOf(version),
    custom: true,
    columns: printed.length > 0 ? printed : [AGE],
  }
}

/** The version's schema, with what the server knows of metadata. */
function schemaOf(version: JsonMap): Schema {
  const own = mapOf(mapOf(version.schema).openAPIV3Schema) as Schema
  return {
    ...own,
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, ...own.properties, metadata },
  }
}

function columnOf(column: JsonMap): Column {
  return {
    name: textOf(column.name),
    type: textOf(column.type) as Column['type'],
    jsonPath: textOf(column.jsonPath),
    ...(typeof column.priority === 'number' ? { priority: column.priority } : {}),
    ...(column.description ? { description: textOf(column.description) } : {}),
  }
}
