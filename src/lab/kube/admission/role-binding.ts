import { listOf, mapOf } from '../json.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'

const RBAC = 'rbac.authorization.k8s.io'

export const binding: Admission = {
  prepare: object => ({
    ...object,
    roleRef: { apiGroup: RBAC, ...mapOf(object.roleRef) },
    ...(object.subjects === undefined
      ? {}
      : {
          subjects: listOf(object.subjects)
            .map(mapOf)
            .map(subject => (subject.kind === 'ServiceAccount' ? subject : { apiGroup: RBAC, ...subject })),
        }),
  }),
  check: (object, live) =>
    immutableFields(['roleRef'], object, live).map(cause => ({
      ...cause,
      message: cause.message.replace('field is immutable', 'cannot change roleRef'),
    })),
}
