import { type JsonMap, mapOf, textOf } from '../json.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'

export const secret: Admission = {
  prepare: object => ({ ...encodedSecret(object), type: textOf(object.type) || 'Opaque' }),
  check: (object, live) => [...immutableFields(['type'], object, live), ...encodingCauses(object)],
}

/** stringData is written only: it ends up in data, encoded. */
export function encodedSecret(object: JsonMap): JsonMap {
  const { stringData, ...rest } = object
  if (stringData === undefined) return object
  const encoded = Object.entries(mapOf(stringData)).map(([key, value]) => [
    key,
    Buffer.from(textOf(value)).toString('base64'),
  ])
  return { ...rest, data: { ...mapOf(rest.data), ...Object.fromEntries(encoded) } }
}

function encodingCauses(object: JsonMap): Cause[] {
  return Object.entries(mapOf(object.data))
    .filter(([, value]) => typeof value !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}$/.test(value))
    .map(([key]) => ({
      reason: 'FieldValueInvalid',
      message: 'Invalid value: "<secret>": illegal base64 data',
      field: `data.${key}`,
    }))
}
