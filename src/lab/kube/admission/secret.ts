import { type JsonMap, mapOf, textOf } from '../json.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'

/** stringData is written only: it ends up in data, encoded. */
export const secret: Admission = {
  prepare: object => {
    const { stringData, ...rest } = object
    const encoded = Object.entries(mapOf(stringData)).map(([key, value]) => [
      key,
      Buffer.from(textOf(value)).toString('base64'),
    ])
    const data: JsonMap = { ...mapOf(rest.data), ...Object.fromEntries(encoded) }
    const type = textOf(rest.type) || 'Opaque'
    return Object.keys(data).length > 0 || rest.data !== undefined ? { ...rest, data, type } : { ...rest, type }
  },
  check: (object, live) => [...immutableFields(['type'], object, live), ...encodingCauses(object)],
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
