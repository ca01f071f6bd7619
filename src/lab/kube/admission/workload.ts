import { isMap, type JsonMap, mapOf, pick } from '../json.ts'
import { specOf } from '../object.ts'
import { selectorMatcher } from '../selector.ts'
import type { Cause } from '../status.ts'
import type { Admission } from './admission.ts'
import { immutableFields } from './immutable.ts'
import { podSpec } from './pod.ts'

export const deployment: Admission = workload({
  replicas: 1,
  progressDeadlineSeconds: 600,
  revisionHistoryLimit: 10,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
})

export const daemonSet: Admission = workload({
  revisionHistoryLimit: 10,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
})

export const statefulSet: Admission = workload({
  replicas: 1,
  revisionHistoryLimit: 10,
  podManagementPolicy: 'OrderedReady',
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
})

function workload(defaults: JsonMap): Admission {
  return {
    prepare: object => {
      const spec = specOf(object)
      const template = mapOf(spec.template)
      const filled = { metadata: {}, ...template, spec: podSpec(mapOf(template.spec)) }
      return { ...object, spec: { ...defaults, ...spec, template: filled } }
    },
    check: (object, live) => [...immutableFields(['spec.selector'], object, live), ...selectorCauses(object)],
  }
}

function selectorCauses(object: JsonMap): Cause[] {
  const selector = specOf(object).selector
  if (!isMap(selector)) return [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.selector' }]
  const labels = mapOf(pick(object, 'spec', 'template', 'metadata', 'labels'))
  if (selectorMatcher(selector)(labels)) return []
  const message = `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``
  return [{ reason: 'FieldValueInvalid', message, field: 'spec.template.metadata.labels' }]
}
