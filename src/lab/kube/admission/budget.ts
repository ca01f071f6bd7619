import { specOf } from '../object.ts'
import type { Admission } from './admission.ts'

export const budget: Admission = {
  check: object => {
    const spec = specOf(object)
    if (spec.minAvailable === undefined || spec.maxUnavailable === undefined) return []
    const message = 'Invalid value: {}: minAvailable and maxUnavailable cannot be both set'
    return [{ reason: 'FieldValueInvalid', message, field: 'spec' }]
  },
}
