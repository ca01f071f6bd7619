import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ClusterOptions, type LabCluster, startCluster } from '../../../src/lab/kube/cluster.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { ask } from './https.ts'
import { budget, deployment, nodes, service } from './sample.ts'

const started: LabCluster[] = []
test.after(async () => {
  for (const cluster of started) await cluster.close()
})

async function start(options: Partial<ClusterOptions>): Promise<LabCluster> {
  const cluster = await startCluster({ name: 'demo', nodes: nodes(3), ...options })
  started.push(cluster)
  return cluster
}

const named = (cluster: LabCluster, kind: string, name: string): KubeObject | undefined =>
  cluster.objects().find(object => object.kind === kind && object.metadata.name === name)
const pods = (cluster: LabCluster, label: string, value: string): KubeObject[] =>
  cluster.objects().filter(object => object.kind === 'Pod' && object.metadata.labels?.[label] === value)
const phases = (found: readonly KubeObject[]): string[] => found.map(pod => (pod.status as { phase: string }).phase)

/** A part of an object as the test knows it. */
const part = <T>(object: KubeObject | undefined, key: string): T => object?.[key] as T

/** Waits until something holds, at most five seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await wait(10)
  assert.ok(holds())
}

/** The controllers run right after the event that a change makes. */
const settled = (): Promise<void> => wait(5)

test('pods take podStartMs to be ready, and evictions beyond a budget wait for that', async () => {
  const objects = [deployment(3), budget('web', { maxUnavailable: 1 })]
  const cluster = await start({ podStartMs: 800, objects })
  const running = (count: number) => () =>
    phases(pods(cluster, 'app', 'web')).filter(phase => phase === 'Running').length === count
  await until(running(3))
  const [first, second] = pods(cluster, 'app', 'web')
  const evict = (pod: KubeObject | undefined) =>
    ask(cluster, `/api/v1/namespaces/default/pods/${pod?.metadata.name}/eviction`, {
      method: 'POST',
      body: { metadata: {} },
    })
  assert.is((await evict(first)).code, 201)
  assert.is((await evict(second)).code, 429)
  assert.equal(phases(pods(cluster, 'app', 'web')).sort(), ['Pending', 'Running', 'Running'])
  await until(running(3))
  assert.is((await evict(second)).code, 201)
})

test('a pod that no node fits stays Pending and says why, until one does', async () => {
  const cluster = await start({
    nodes: nodes(1).map(node => ({ ...node, unschedulable: true })),
    objects: [deployment(1)],
  })
  const [pod] = pods(cluster, 'app', 'web')
  const { phase, conditions } = part<{ phase: string; conditions: { reason: string }[] }>(pod, 'status')
  assert.is(phase, 'Pending')
  assert.is(conditions[0]?.reason, 'Unschedulable')
  const node = named(cluster, 'Node', 'node-1') as KubeObject
  cluster.put({ ...node, spec: {} })
  await settled()
  assert.equal(phases(pods(cluster, 'app', 'web')), ['Running'])
})

test('a daemon follows nodes and their labels; a new template replaces its pods', async () => {
  const cluster = await start({ crds: ['kube-router'] })
  const routers = () => pods(cluster, 'k8s-app', 'kube-router')
  assert.is(routers().length, 3)
  const before = routers().map(pod => pod.metadata.name)
  const daemon = named(cluster, 'DaemonSet', 'kube-router') as KubeObject
  const spec = daemon.spec as { template: { spec: object } }
  cluster.put({
    ...daemon,
    spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, nodeSelector: { rack_id: '1' } } } },
  })
  await settled()
  assert.is(routers().length, 2)
  assert.is(
    routers().some(pod => before.includes(pod.metadata.name)),
    false,
  )
  cluster.remove({ apiVersion: 'v1', kind: 'Node', name: 'node-1' })
  await settled()
  assert.equal(
    routers().map(pod => (pod.spec as { nodeName: string }).nodeName),
    ['node-2'],
  )
})

test('a stateful set keeps the names of its pods', async () => {
  const { metadata, spec } = deployment(2)
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { ...metadata, name: 'db' }, spec }
  const cluster = await start({ objects: [set] })
  const names = () => pods(cluster, 'app', 'web').map(pod => pod.metadata.name)
  assert.equal(names(), ['db-0', 'db-1'])
  const uid = named(cluster, 'Pod', 'db-0')?.metadata.uid
  cluster.remove({ apiVersion: 'v1', kind: 'Pod', name: 'db-0', namespace: 'default' })
  await settled()
  assert.equal(names(), ['db-0', 'db-1'])
  assert.is.not(named(cluster, 'Pod', 'db-0')?.metadata.uid, uid)
})

test("Cilium's pools give LoadBalancer services an address of each family", async () => {
  const cluster = await start({
    crds: ['cilium'],
    objects: [service({ type: 'LoadBalancer', ipFamilyPolicy: 'RequireDualStack' })],
  })
  const spec = { blocks: [{ cidr: '198.51.100.0/24' }, { cidr: '2001:db8:100::/112' }] }
  cluster.put({ apiVersion: 'cilium.io/v2', kind: 'CiliumLoadBalancerIPPool', metadata: { name: 'lb' }, spec })
  await settled()
  const { loadBalancer } = part<{ loadBalancer: { ingress: { ip: string }[] } }>(
    named(cluster, 'Service', 'web'),
    'status',
  )
  assert.equal(
    loadBalancer.ingress.map(entry => entry.ip),
    ['198.51.100.1', '2001:db8:100::1'],
  )
})

test('the demo workload runs on every node behind a Local service', async () => {
  const cluster = await start({ demo: true })
  assert.equal(phases(pods(cluster, 'k8s-app', 'demo')), ['Running', 'Running', 'Running'])
  const spec = part<{ externalTrafficPolicy: string }>(named(cluster, 'Service', 'demo'), 'spec')
  assert.is(spec.externalTrafficPolicy, 'Local')
})

test('a settled cluster is quiet', async () => {
  const cluster = await start({ crds: ['calico'], demo: true })
  await settled()
  let changes = 0
  cluster.onChange(() => changes++)
  cluster.put(named(cluster, 'Deployment', 'demo') as KubeObject)
  await settled()
  assert.is(changes, 0)
})

test.run()
