import { createHash, randomBytes } from 'node:crypto'
import type { ClusterState } from '../cluster-state.ts'
import { type Json, type JsonMap, mapOf, pick } from '../json.ts'
import { controlledBy, controllerOf, namespaceOf, specOf, uidOf } from '../object.ts'
import { listOfKind, systemPut } from '../system-write.ts'

/** The pods that an object controls. */
export function ownedPods(state: ClusterState, owner: JsonMap): JsonMap[] {
  const uid = uidOf(owner)
  return listOfKind(state, '/pods', namespaceOf(owner)).filter(pod => controllerOf(pod)?.uid === uid)
}

interface NewPod {
  readonly name: string
  readonly labels?: JsonMap
  readonly spec?: JsonMap
}

/** Creates a pod from the owner's template, with more labels or spec if given. */
export function createPod(state: ClusterState, owner: JsonMap, { name, labels = {}, spec = {} }: NewPod): void {
  const template = mapOf(specOf(owner).template)
  const metadata = mapOf(template.metadata)
  systemPut(state, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
      labels: { ...mapOf(metadata.labels), ...labels },
      name,
      namespace: namespaceOf(owner),
      ownerReferences: [controlledBy(owner)],
    },
    spec: { ...mapOf(template.spec), ...spec },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  })
}

/** Five letters and digits, as Kubernetes ends generated names. */
export function suffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789'
  return [...randomBytes(5)].map(byte => letters[byte % letters.length]).join('')
}

/** A short stable name for a pod template. */
export function templateHash(owner: JsonMap): string {
  const text = JSON.stringify(sortedKeys(pick(owner, 'spec', 'template') ?? null))
  return createHash('sha256').update(text).digest('hex').slice(0, 10)
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortedKeys(value[key] ?? null)]),
  )
}
