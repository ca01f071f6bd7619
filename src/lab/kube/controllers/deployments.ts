import type { ClusterState } from '../cluster-state.ts'
import { type JsonMap, mapOf, numberOf, pick } from '../json.ts'
import {
  controlledBy,
  controllerOf,
  labelsOf,
  nameOf,
  namespaceOf,
  specOf,
  statusOf,
  timestamp,
  uidOf,
} from '../object.ts'
import { listOfKind, systemDelete, systemPut } from '../system-write.ts'
import { templateHash } from './owned-pods.ts'

/** One ReplicaSet per template; a new template takes over at once, because lab pods start without surge or failure. */
export function keepDeployments(state: ClusterState): void {
  for (const deployment of listOfKind(state, 'apps/deployments')) {
    const hash = templateHash(deployment)
    const name = `${nameOf(deployment)}-${hash}`
    const owned = listOfKind(state, 'apps/replicasets', namespaceOf(deployment)).filter(
      set => controllerOf(set)?.uid === uidOf(deployment),
    )
    for (const old of owned.filter(set => nameOf(set) !== name)) systemDelete(state, old)
    const set = systemPut(
      state,
      replicaSet(
        deployment,
        hash,
        owned.find(found => nameOf(found) === name),
      ),
    )
    systemPut(state, { ...deployment, status: statusFor(deployment, set) })
  }
}

function replicaSet(deployment: JsonMap, hash: string, live: JsonMap | undefined): JsonMap {
  const spec = specOf(deployment)
  const template = mapOf(spec.template)
  const labels = { ...mapOf(pick(template, 'metadata', 'labels')), 'pod-template-hash': hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...mapOf(live?.metadata),
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      labels: { ...labelsOf(deployment), ...labels },
      ownerReferences: [controlledBy(deployment)],
    },
    spec: {
      replicas: numberOf(spec.replicas, 1),
      selector: { matchLabels: { ...mapOf(pick(spec, 'selector', 'matchLabels')), 'pod-template-hash': hash } },
      template: { ...template, metadata: { ...mapOf(template.metadata), labels } },
    },
    ...(live?.status === undefined ? {} : { status: live.status }),
  }
}

function statusFor(deployment: JsonMap, set: JsonMap): JsonMap {
  const replicas = numberOf(specOf(deployment).replicas, 1)
  const { readyReplicas: ready = 0, replicas: current = 0 } = statusOf(set)
  const available = ready === replicas
  return {
    observedGeneration: pick(deployment, 'metadata', 'generation') ?? 1,
    replicas: current,
    updatedReplicas: current,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(available ? {} : { unavailableReplicas: replicas - numberOf(ready) }),
    conditions: [
      condition(
        deployment,
        'Available',
        available,
        available ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      ),
      condition(deployment, 'Progressing', true, available ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated'),
    ],
  }
}

/** The condition; its time moves only when its status does. */
function condition(object: JsonMap, type: string, holds: boolean, reason: string): JsonMap {
  const before = (statusOf(object).conditions as JsonMap[] | undefined)?.find(entry => entry.type === type)
  const status = holds ? 'True' : 'False'
  const since = before && before.status === status ? before.lastTransitionTime : undefined
  return { type, status, reason, message: reason, lastTransitionTime: since ?? timestamp() }
}
