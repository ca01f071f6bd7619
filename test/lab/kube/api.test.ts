import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import { ask } from './https.ts'
import { bgpPeer, budget, deployment, nodes, service } from './sample.ts'

const test = suite('the API of a lab cluster')
const cluster = await startCluster({
  name: 'demo',
  nodes: nodes(2),
  crds: ['calico', 'cilium'],
  objects: [
    deployment(4),
    budget('web', { maxUnavailable: '25%' }),
    budget('old', { minAvailable: 1, selector: { matchLabels: { app: 'old' } } }),
  ],
})
test.after(() => cluster.close())
test.after.each(() => cluster.setFaults([]))

const PEERS = '/apis/projectcalico.org/v3/bgppeers'
const pods = async (): Promise<string[]> => {
  const { body } = await ask(cluster, '/api/v1/namespaces/default/pods?labelSelector=app%3Dweb')
  return body.items.map((pod: { metadata: { name: string } }) => pod.metadata.name)
}
const evict = (name: string) =>
  ask(cluster, `/api/v1/namespaces/default/pods/${name}/eviction`, {
    method: 'POST',
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
  })

test('a wrong token is Unauthorized', async () => {
  const { code, body } = await ask(cluster, '/api/v1/nodes', { token: 'wrong' })
  assert.is(code, 401)
  assert.is(body.reason, 'Unauthorized')
})

test('lists come in pages that go on where the last one ended', async () => {
  const first = await ask(cluster, '/api/v1/namespaces?limit=3')
  assert.is(first.body.items.length, 3)
  assert.is(first.body.metadata.remainingItemCount, 1)
  const next = await ask(cluster, `/api/v1/namespaces?limit=3&continue=${first.body.metadata.continue}`)
  assert.equal(
    next.body.items.map((item: { metadata: { name: string } }) => item.metadata.name),
    ['kube-system'],
  )
  assert.is(next.body.metadata.continue, undefined)
})

test('an eviction beyond the budget is 429 with the budget as its cause', async () => {
  const { disruptionsAllowed } = (cluster
    .objects()
    .find(object => object.kind === 'PodDisruptionBudget' && object.metadata.name === 'web')?.status ?? {}) as {
    disruptionsAllowed: number
  }
  assert.is(disruptionsAllowed, 1)
  await ask(cluster, '/apis/policy/v1/namespaces/default/poddisruptionbudgets/web', {
    method: 'PATCH',
    body: { spec: { maxUnavailable: 0 } },
    headers: { 'content-type': 'application/merge-patch+json' },
  })
  const { code, body } = await evict((await pods())[0] ?? '')
  assert.is(code, 429)
  assert.is(body.message, "Cannot evict pod as it would violate the pod's disruption budget.")
  assert.equal(body.details.causes, [
    { reason: 'DisruptionBudget', message: 'The disruption budget web needs 4 healthy pods and has 4 currently' },
  ])
})

test('a pod of two budgets cannot be evicted at all', async () => {
  cluster.put(budget('second', { minAvailable: 1 }))
  const { code, body } = await evict((await pods())[0] ?? '')
  assert.is(code, 500)
  assert.match(body.message, 'more than one PodDisruptionBudget')
  cluster.remove({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'second', namespace: 'default' })
})

test('faults hit the requests that they name, as often as they say', async () => {
  cluster.setFaults([
    { verb: 'list', resource: 'bgppeers', status: 503, retryAfterSeconds: 1, times: 1 },
    { resource: 'nodes', status: 403 },
    { resource: 'secrets', reset: true },
    { resource: 'pods', slowMs: 80 },
  ])
  const busy = await ask(cluster, PEERS)
  assert.is(busy.code, 503)
  assert.is(busy.headers['retry-after'], '1')
  assert.is((await ask(cluster, PEERS)).code, 200)
  const denied = await ask(cluster, '/api/v1/nodes/node-1')
  assert.match(
    denied.body.message,
    'nodes "node-1" is forbidden: User "lab-admin" cannot get resource "nodes" in API group "" at the cluster scope',
  )
  const reset = await ask(cluster, '/api/v1/secrets').catch((error: NodeJS.ErrnoException) => error.code)
  assert.is(reset, 'ECONNRESET')
  const began = performance.now()
  await ask(cluster, '/api/v1/pods')
  assert.ok(performance.now() - began >= 79)
})

test('requests are counted by verb and resource', async () => {
  cluster.counters.reset()
  await ask(cluster, PEERS)
  await ask(cluster, '/apis')
  assert.equal(cluster.counters.byVerb, { list: 1, discovery: 1 })
  assert.equal(cluster.counters.byVerbAndResource, { 'list bgppeers': 1 })
  assert.is(cluster.counters.requests, 2)
})

test('a service gets addresses of the families that it asks for, and keeps them', async () => {
  const path = '/api/v1/namespaces/default/services'
  const { code, body } = await ask(cluster, path, {
    method: 'POST',
    body: service({ ipFamilyPolicy: 'RequireDualStack', type: 'LoadBalancer' }),
  })
  assert.is(code, 201)
  assert.equal(body.spec.ipFamilies, ['IPv4', 'IPv6'])
  assert.match(body.spec.clusterIPs[0], /^10\.96\.0\./)
  assert.match(body.spec.clusterIPs[1], /^fd00:96::/)
  assert.is(body.spec.externalTrafficPolicy, 'Cluster')
  const moved = { ...body, spec: { ...body.spec, clusterIP: '10.96.9.9' } }
  const refused = await ask(cluster, `${path}/web`, { method: 'PUT', body: moved })
  assert.is(refused.code, 422)
  assert.match(refused.body.message, 'spec.clusterIP: Invalid value: "10.96.9.9": field is immutable')
})

test('a service that changes its type keeps its address and loses what belonged to the old type', async () => {
  const path = '/api/v1/namespaces/default/services'
  const twoPorts = [
    { name: 'a', port: 80 },
    { name: 'b', port: 81 },
  ]
  const make = {
    ...service({ type: 'NodePort', ports: twoPorts }),
    metadata: { name: 'turning', namespace: 'default' },
  }
  const { body } = await ask(cluster, path, { method: 'POST', body: make })
  const nodePorts = body.spec.ports.map((port: { nodePort: number }) => port.nodePort)
  assert.is(new Set(nodePorts).size, 2)
  const patch = (spec: object) =>
    ask(cluster, `${path}/turning`, {
      method: 'PATCH',
      body: { spec },
      headers: { 'content-type': 'application/merge-patch+json' },
    })
  const dual = await patch({ ipFamilyPolicy: 'PreferDualStack', ports: twoPorts })
  assert.is(dual.body.spec.clusterIPs[0], body.spec.clusterIP)
  assert.match(dual.body.spec.clusterIPs[1], /^fd00:96::/)
  assert.equal(
    dual.body.spec.ports.map((port: { nodePort: number }) => port.nodePort),
    nodePorts,
  )
  const internal = await patch({ type: 'ClusterIP' })
  assert.is(internal.body.spec.clusterIP, body.spec.clusterIP)
  assert.is('nodePort' in internal.body.spec.ports[0], false)
  assert.is('externalTrafficPolicy' in internal.body.spec, false)
})

test('strict field validation refuses what the schema does not know, the default warns and prunes', async () => {
  const wrong = { ...bgpPeer({ asNumbr: 1 }), metadata: { name: 'x' } }
  const strict = await ask(cluster, `${PEERS}?fieldValidation=Strict`, { method: 'POST', body: wrong })
  assert.is(strict.code, 400)
  assert.match(strict.body.message, 'strict decoding error: unknown field "spec.asNumbr"')
  const warned = await ask(cluster, PEERS, { method: 'POST', body: wrong })
  assert.is(warned.headers.warning, '299 - "unknown field \\"spec.asNumbr\\""')
  assert.equal(warned.body.spec, bgpPeer().spec)
})

test('versions of one resource show the same objects', async () => {
  const pool = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumLoadBalancerIPPool',
    metadata: { name: 'p' },
    spec: { blocks: [{ cidr: '10.0.0.0/24' }] },
  }
  await ask(cluster, '/apis/cilium.io/v2/ciliumloadbalancerippools', { method: 'POST', body: pool })
  const { body } = await ask(cluster, '/apis/cilium.io/v2alpha1/ciliumloadbalancerippools/p')
  assert.is(body.apiVersion, 'cilium.io/v2alpha1')
  assert.equal(body.spec, { ...pool.spec, disabled: false })
})

test('status is written through its own path only', async () => {
  const path = '/apis/cilium.io/v2/ciliumbgpclusterconfigs'
  const config = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumBGPClusterConfig',
    metadata: { name: 'c' },
    spec: { bgpInstances: [{ name: 'i' }] },
    status: { conditions: [] },
  }
  const made = await ask(cluster, path, { method: 'POST', body: config })
  assert.is('status' in made.body, false)
  const status = { conditions: [{ type: 'cilium.io/X', status: 'True' }] }
  const written = await ask(cluster, `${path}/c/status`, {
    method: 'PUT',
    body: { ...made.body, spec: { bgpInstances: [] }, status },
  })
  assert.equal(written.body.status, status)
  assert.equal(written.body.spec, config.spec)
  assert.is(written.body.metadata.generation, 1)
})

test('an object with finalizers waits for them', async () => {
  const held = { ...bgpPeer(), metadata: { name: 'held', finalizers: ['example.org/wait'] } }
  await ask(cluster, PEERS, { method: 'POST', body: held })
  const { body } = await ask(cluster, `${PEERS}/held`, { method: 'DELETE' })
  assert.ok(body.metadata.deletionTimestamp)
  await ask(cluster, `${PEERS}/held`, {
    method: 'PATCH',
    body: { metadata: { finalizers: null } },
    headers: { 'content-type': 'application/merge-patch+json' },
  })
  assert.is((await ask(cluster, `${PEERS}/held`)).code, 404)
})

test('changes reach who listens', async () => {
  const seen: string[] = []
  const stop = cluster.onChange(({ type, object }) => seen.push(`${type} ${object.kind}/${object.metadata.name}`))
  await ask(cluster, PEERS, { method: 'POST', body: { ...bgpPeer(), metadata: { name: 'seen' } } })
  await ask(cluster, `${PEERS}/seen`, { method: 'DELETE' })
  stop()
  assert.equal(seen, ['ADDED BGPPeer/seen', 'DELETED BGPPeer/seen'])
})

test.run()
