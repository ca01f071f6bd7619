import type { ClusterState } from '../cluster-state.ts'
import type { JsonMap } from '../json.ts'
import type { Kind } from '../kind.ts'
import { storageKey } from '../kind.ts'
import type { Cause } from '../status.ts'
import { budget } from './budget.ts'
import { configMap } from './config-map.ts'
import { definition } from './definition.ts'
import { ipPool } from './ip-pool.ts'
import { namespace } from './namespace.ts'
import { pod } from './pod.ts'
import { binding } from './role-binding.ts'
import { secret } from './secret.ts'
import { service } from './service.ts'
import { daemonSet, deployment, statefulSet } from './workload.ts'

/** What one kind adds to the common way of writing: defaults, and rules that a schema cannot say. */
export interface Admission {
  /** Fills what the server fills; `live` is undefined on create. Pure: answers a new object. */
  readonly prepare?: (object: JsonMap, live: JsonMap | undefined, state: ClusterState) => JsonMap
  readonly check?: (object: JsonMap, live: JsonMap | undefined) => Cause[]
}

const ADMISSIONS: Readonly<Record<string, Admission>> = {
  '/configmaps': configMap,
  '/namespaces': namespace,
  '/pods': pod,
  '/secrets': secret,
  '/services': service,
  'apps/daemonsets': daemonSet,
  'apps/deployments': deployment,
  'apps/statefulsets': statefulSet,
  'policy/poddisruptionbudgets': budget,
  'rbac.authorization.k8s.io/rolebindings': binding,
  'rbac.authorization.k8s.io/clusterrolebindings': binding,
  'apiextensions.k8s.io/customresourcedefinitions': definition,
  'crd.projectcalico.org/ippools': ipPool,
  'projectcalico.org/ippools': ipPool,
}

export function admissionOf(kind: Kind): Admission {
  return ADMISSIONS[storageKey(kind)] ?? {}
}
