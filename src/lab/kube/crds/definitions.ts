import type { JsonMap } from '../json.ts'
import type { Cni } from '../seed.ts'
import { calicoDefinitions } from './calico.ts'
import { ciliumDefinitions } from './cilium.ts'

/** The CustomResourceDefinitions that a CNI brings; kube-router has none, it reads annotations. */
export function definitionsOf(cni: readonly Cni[]): JsonMap[] {
  return [
    ...(cni.includes('calico') ? calicoDefinitions() : []),
    ...(cni.includes('cilium') ? ciliumDefinitions() : []),
  ]
}
