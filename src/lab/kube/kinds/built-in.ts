import type { Kind } from '../kind.ts'
import * as columns from './columns.ts'
import {
  accountSchema,
  bindingSchema,
  configMapSchema,
  crdSchema,
  namespaceSchema,
  nodeSchema,
  plainSchema,
  roleSchema,
  secretSchema,
  serviceSchema,
} from './core-schema.ts'
import { define } from './define.ts'
import { budgetSchema, podSchema, workloadSchema } from './workload-schema.ts'

const scale = { name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] }
const eviction = { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] }
const log = { name: 'log', kind: 'Pod', verbs: ['get'] }
const binding = { name: 'binding', kind: 'Binding', verbs: ['create'] }
const all = ['all']

const core: Kind[] = [
  define({
    kind: 'ConfigMap',
    plural: 'configmaps',
    shortNames: ['cm'],
    schema: configMapSchema,
    columns: columns.configMap,
  }),
  define({ kind: 'Endpoints', plural: 'endpoints', shortNames: ['ep'], schema: plainSchema }),
  define({ kind: 'Event', plural: 'events', shortNames: ['ev'], schema: plainSchema, columns: columns.event }),
  define({
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    clusterWide: true,
    hasStatus: true,
    schema: namespaceSchema,
    columns: columns.namespace,
  }),
  define({
    kind: 'Node',
    plural: 'nodes',
    shortNames: ['no'],
    clusterWide: true,
    hasStatus: true,
    schema: nodeSchema,
    columns: columns.node,
  }),
  define({
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: all,
    hasStatus: true,
    subresources: [binding, eviction, log],
    schema: podSchema,
    columns: columns.pod,
  }),
  define({ kind: 'Secret', plural: 'secrets', schema: secretSchema, columns: columns.secret }),
  define({ kind: 'ServiceAccount', plural: 'serviceaccounts', shortNames: ['sa'], schema: accountSchema }),
  define({
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: all,
    hasStatus: true,
    schema: serviceSchema,
    columns: columns.service,
  }),
]

const apps = (kind: string, plural: string, shortNames: string[], own: Kind['columns'], scalable = true): Kind =>
  define({
    group: 'apps',
    kind,
    plural,
    shortNames,
    categories: all,
    hasStatus: true,
    subresources: scalable ? [scale] : [],
    schema: workloadSchema,
    columns: own,
  })

const rbac = (kind: string, plural: string, clusterWide: boolean): Kind => {
  const isBinding = kind.endsWith('Binding')
  const schema = isBinding ? bindingSchema : roleSchema
  return define({
    group: 'rbac.authorization.k8s.io',
    kind,
    plural,
    clusterWide,
    schema,
    columns: isBinding ? columns.binding : columns.created,
  })
}

/** The kinds that the cluster has before any CustomResourceDefinition is posted. */
export const BUILT_IN: readonly Kind[] = [
  ...core,
  apps('DaemonSet', 'daemonsets', ['ds'], columns.daemonSet, false),
  apps('Deployment', 'deployments', ['deploy'], columns.deployment),
  apps('ReplicaSet', 'replicasets', ['rs'], columns.replicaSet),
  apps('StatefulSet', 'statefulsets', ['sts'], columns.statefulSet),
  define({ group: 'apps', kind: 'ControllerRevision', plural: 'controllerrevisions', schema: plainSchema }),
  define({
    group: 'policy',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    hasStatus: true,
    schema: budgetSchema,
    columns: columns.budget,
  }),
  rbac('Role', 'roles', false),
  rbac('RoleBinding', 'rolebindings', false),
  rbac('ClusterRole', 'clusterroles', true),
  rbac('ClusterRoleBinding', 'clusterrolebindings', true),
  define({
    group: 'discovery.k8s.io',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    schema: plainSchema,
    columns: columns.slice,
  }),
  define({
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    shortNames: ['netpol'],
    schema: plainSchema,
  }),
  define({ group: 'coordination.k8s.io', kind: 'Lease', plural: 'leases', schema: plainSchema }),
  define({
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    clusterWide: true,
    hasStatus: true,
    schema: crdSchema,
    columns: columns.created,
  }),
]
