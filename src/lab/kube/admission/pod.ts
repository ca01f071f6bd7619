import { type JsonMap, listOf, mapOf } from '../json.ts'
import { specOf, statusOf } from '../object.ts'
import type { Admission } from './admission.ts'

export const pod: Admission = {
  prepare: (object, live) => ({
    ...object,
    spec: podSpec(specOf(object)),
    status: live || object.status ? statusOf(object) : { phase: 'Pending', qosClass: 'BestEffort' },
  }),
  check: object =>
    listOf(specOf(object).containers).length > 0
      ? []
      : [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.containers' }],
}

/** A pod spec (or a template's) with what the API server fills in. */
export function podSpec(spec: JsonMap): JsonMap {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    ...spec,
    containers: listOf(spec.containers).map(container => filledContainer(mapOf(container))),
  }
}

function filledContainer(container: JsonMap): JsonMap {
  const filled: JsonMap = {
    imagePullPolicy: 'IfNotPresent',
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...container,
  }
  if (container.ports) filled.ports = listOf(container.ports).map(port => ({ protocol: 'TCP', ...mapOf(port) }))
  return filled
}
