import { labelsOf, nameOf, withMetadata } from '../object.ts'
import type { Admission } from './admission.ts'

export const namespace: Admission = {
  prepare: object => ({
    ...withMetadata(object, { labels: { ...labelsOf(object), 'kubernetes.io/metadata.name': nameOf(object) } }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
}
