import { type Answer, json } from './answer.ts'
import type { ClusterState } from './cluster-state.ts'
import { type JsonMap, mapOf, numberOf, pick } from './json.ts'
import { metadataOf, specOf, statusOf } from './object.ts'
import type { ApiRequest } from './request.ts'
import type { Target } from './target.ts'
import { liveObject, patchObject } from './write.ts'

/** The scale subresource: `kubectl scale` reads it, and writes spec.replicas through it. */
export function answerScale(state: ClusterState, target: Target, request: ApiRequest): Answer {
  if (request.method === 'GET') return json(scaleOf(liveObject(state, target)))
  const replicas = numberOf(pick(mapOf(request.body), 'spec', 'replicas'))
  const options = {
    manager: request.query.get('fieldManager') ?? 'kubectl',
    dryRun: request.query.get('dryRun') === 'All',
  }
  return json(scaleOf(patchObject(state, target, { form: 'merge', body: { spec: { replicas } } }, options)))
}

function scaleOf(object: JsonMap): JsonMap {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadataOf(object)
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: name ?? '',
      namespace: namespace ?? '',
      uid: uid ?? '',
      resourceVersion: resourceVersion ?? '',
      creationTimestamp: creationTimestamp ?? null,
    },
    spec: { replicas: numberOf(specOf(object).replicas) },
    status: { replicas: numberOf(statusOf(object).replicas) },
  }
}
