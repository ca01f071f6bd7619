import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../model/kube.ts'

/** What the server or a tool keeps in metadata for itself. */
const METADATA = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'])

/** Annotations that tools write; last-applied holds a copy of the whole object, a Secret's values included. */
const ANNOTATIONS = new Set(['kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision'])

/** An object without what only the server or a tool says of it: status, managed fields, versions, copies. */
export function withoutNoise(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object
  const kept = Object.entries(metadata).filter(([name]) => !METADATA.has(name) && name !== 'annotations')
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([name]) => !ANNOTATIONS.has(name))
  const noted = annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}
  return { ...rest, metadata: { ...Object.fromEntries(kept), ...noted } } as KubeObject
}

/** True when two states of an object differ in nothing that anyone declared. */
export function isSameObject(one: KubeObject, other: KubeObject): boolean {
  return isDeepStrictEqual(withoutNoise(one), withoutNoise(other))
}
