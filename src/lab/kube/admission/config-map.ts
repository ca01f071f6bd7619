import { same } from '../json.ts'
import type { Admission } from './admission.ts'

export const configMap: Admission = {
  check: (object, live) =>
    live?.immutable === true && !(same(object.data, live.data) && object.immutable === true)
      ? [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: field is immutable when `immutable` is set',
            field: 'data',
          },
        ]
      : [],
}
