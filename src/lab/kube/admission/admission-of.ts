import type { Kind } from '../kind.ts'
import { storageKey } from '../kind.ts'
import type { Admission } from './admission.ts'
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

/** What the lab knows of a kind; nothing for kinds without rules of their own. */
export function admissionOf(kind: Kind): Admission {
  return ADMISSIONS[storageKey(kind)] ?? {}
}
