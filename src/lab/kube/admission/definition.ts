import { type JsonMap, listOf, mapOf, textOf } from '../json.ts'
import { nameOf, specOf, timestamp } from '../object.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'

/** A CustomResourceDefinition is accepted at once: the lab has no second server that could disagree about names. */
export const definition: Admission = {
  prepare: (object, live) => {
    const spec = specOf(object)
    const names = mapOf(spec.names)
    const singular = textOf(names.singular) || textOf(names.kind).toLowerCase()
    const accepted = { listKind: `${textOf(names.kind)}List`, ...names, singular }
    const before = mapOf(live?.status)
    return {
      ...object,
      spec: { conversion: { strategy: 'None' }, ...spec, names: accepted },
      status: {
        acceptedNames: accepted,
        conditions: before.conditions ?? [
          condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
          condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
        ],
        storedVersions: listOf(spec.versions)
          .map(mapOf)
          .filter(version => version.storage === true)
          .map(version => textOf(version.name)),
      },
    }
  },
  check: (object, live) => [
    ...nameCauses(object),
    ...immutableFields(['spec.group', 'spec.names.kind', 'spec.scope'], object, live),
  ],
}

function condition(type: string, reason: string, message: string): JsonMap {
  return { lastTransitionTime: timestamp(), message, reason, status: 'True', type }
}

function nameCauses(object: JsonMap): Cause[] {
  const spec = specOf(object)
  const expected = `${textOf(mapOf(spec.names).plural)}.${textOf(spec.group)}`
  if (nameOf(object) === expected) return []
  const message = `Invalid value: ${JSON.stringify(nameOf(object))}: must be spec.names.plural+"."+spec.group`
  return [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }]
}
