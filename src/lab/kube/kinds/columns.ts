import type { JsonMap } from '../json.ts'
import { isMap, listOf, mapOf, numberOf, pick, textOf } from '../json.ts'
import type { Column } from '../kind.ts'
import { conditionOf, labelsOf, specOf, statusOf } from '../object.ts'
import { AGE } from './define.ts'

type Cell = (object: JsonMap) => string | number

const column = (name: string, cell: Cell, more: Partial<Column> = {}): Column => ({
  name,
  type: 'string',
  cell,
  ...more,
})
const wide = (name: string, cell: Cell): Column => column(name, cell, { priority: 1 })
const at = (name: string, jsonPath: string): Column => ({ name, type: 'string', jsonPath })
const count = (value: unknown): number =>
  Array.isArray(value) ? value.length : isMap(value) ? Object.keys(value).length : 0
const orNone = (value: string): string => value || '<none>'

/** What `kubectl get` prints of each kind, before the name (first) column is put in front. */
export const created: Column[] = [at('Created At', '.metadata.creationTimestamp')]
export const configMap: Column[] = [column('Data', cm => count(cm.data) + count(cm.binaryData)), AGE]
export const secret: Column[] = [at('Type', '.type'), column('Data', found => count(found.data)), AGE]
export const namespace: Column[] = [at('Status', '.status.phase'), AGE]
export const event: Column[] = [at('Type', '.type'), at('Reason', '.reason'), at('Message', '.message')]
export const binding: Column[] = [
  column('Role', found => `${pick(found, 'roleRef', 'kind')}/${pick(found, 'roleRef', 'name')}`),
  AGE,
]

export const node: Column[] = [
  column('Status', nodeStatus),
  column('Roles', nodeRoles),
  AGE,
  at('Version', '.status.nodeInfo.kubeletVersion'),
  wide('Internal-IP', found => nodeAddress(found, 'InternalIP')),
  wide('External-IP', found => nodeAddress(found, 'ExternalIP')),
  wide('OS-Image', found => textOf(pick(found, 'status', 'nodeInfo', 'osImage'))),
  wide('Kernel-Version', found => textOf(pick(found, 'status', 'nodeInfo', 'kernelVersion'))),
  wide('Container-Runtime', found => textOf(pick(found, 'status', 'nodeInfo', 'containerRuntimeVersion'))),
]

export const pod: Column[] = [
  column('Ready', found => `${conditionOf(found, 'Ready') === 'True' ? containers(found) : 0}/${containers(found)}`),
  column('Status', found => textOf(statusOf(found).phase) || 'Pending'),
  column('Restarts', () => 0),
  AGE,
  wide('IP', found => orNone(textOf(statusOf(found).podIP))),
  wide('Node', found => orNone(textOf(specOf(found).nodeName))),
  wide('Nominated Node', () => '<none>'),
  wide('Readiness Gates', () => '<none>'),
]

export const service: Column[] = [
  at('Type', '.spec.type'),
  column('Cluster-IP', found => textOf(specOf(found).clusterIP)),
  column('External-IP', externalAddresses),
  column('Port(s)', found =>
    listOf(specOf(found).ports)
      .map(port => servicePort(mapOf(port)))
      .join(','),
  ),
  AGE,
  wide('Selector', found => selectorText(mapOf(specOf(found).selector))),
]

const status = (name: string, field: string): Column => column(name, found => numberOf(statusOf(found)[field]))
const ready = column('Ready', found => `${numberOf(statusOf(found).readyReplicas)}/${numberOf(specOf(found).replicas)}`)

export const deployment: Column[] = [
  ready,
  status('Up-to-date', 'updatedReplicas'),
  status('Available', 'availableReplicas'),
  AGE,
]
export const statefulSet: Column[] = [ready, AGE]
export const replicaSet: Column[] = [
  column('Desired', found => numberOf(specOf(found).replicas)),
  status('Current', 'replicas'),
  status('Ready', 'readyReplicas'),
  AGE,
]
export const daemonSet: Column[] = [
  status('Desired', 'desiredNumberScheduled'),
  status('Current', 'currentNumberScheduled'),
  status('Ready', 'numberReady'),
  status('Up-to-date', 'updatedNumberScheduled'),
  status('Available', 'numberAvailable'),
  column('Node Selector', found => selectorText(mapOf(pick(found, 'spec', 'template', 'spec', 'nodeSelector')))),
  AGE,
]
export const budget: Column[] = [
  column('Min Available', found => `${specOf(found).minAvailable ?? 'N/A'}`),
  column('Max Unavailable', found => `${specOf(found).maxUnavailable ?? 'N/A'}`),
  status('Allowed Disruptions', 'disruptionsAllowed'),
  AGE,
]
export const slice: Column[] = [
  at('AddressType', '.addressType'),
  column('Ports', found =>
    orNone(
      listOf(found.ports)
        .map(port => `${mapOf(port).port}`)
        .join(','),
    ),
  ),
  column('Endpoints', found =>
    orNone(
      listOf(found.endpoints)
        .flatMap(end => listOf(mapOf(end).addresses))
        .join(','),
    ),
  ),
  AGE,
]

function nodeStatus(found: JsonMap): string {
  const state = conditionOf(found, 'Ready') === 'True' ? 'Ready' : conditionOf(found, 'Ready') ? 'NotReady' : 'Unknown'
  return specOf(found).unschedulable === true ? `${state},SchedulingDisabled` : state
}

function nodeRoles(found: JsonMap): string {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.keys(labelsOf(found)).filter(label => label.startsWith(prefix))
  return orNone(
    roles
      .map(label => label.slice(prefix.length))
      .sort()
      .join(','),
  )
}

function nodeAddress(found: JsonMap, type: string): string {
  const entry = listOf(statusOf(found).addresses)
    .map(mapOf)
    .find(address => address.type === type)
  return orNone(textOf(entry?.address))
}

const containers = (found: JsonMap): number => listOf(specOf(found).containers).length

function externalAddresses(found: JsonMap): string {
  const ingress = listOf(pick(found, 'status', 'loadBalancer', 'ingress')).map(entry => textOf(mapOf(entry).ip))
  const external = [...ingress, ...listOf(specOf(found).externalIPs).map(textOf)].filter(Boolean)
  const waiting = specOf(found).type === 'LoadBalancer' ? '<pending>' : '<none>'
  return external.join(',') || waiting
}

function servicePort(port: JsonMap): string {
  const node = port.nodePort ? `:${port.nodePort}` : ''
  return `${port.port}${node}/${port.protocol ?? 'TCP'}`
}

function selectorText(selector: JsonMap): string {
  return orNone(
    Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  )
}
