import { Agent, request } from 'node:https'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import { bgpPeer, budget, deployment, nodes, service } from './sample.ts'

const test = suite('garbage sent to the lab')
const troubles: string[] = []
const cluster = await startCluster({
  name: 'demo',
  nodes: nodes(1),
  crds: ['calico'],
  log: line => line.startsWith('controller') && troubles.push(line),
})
const agent = new Agent({ keepAlive: true, ca: cluster.ca })
test.after(async () => {
  agent.destroy()
  await cluster.close()
})

/** The HTTP code and the Status' message. */
function send(method: string, path: string, type: string, body: string): Promise<{ code: number; message: string }> {
  const headers = { authorization: `Bearer ${cluster.token}`, 'content-type': type }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, cluster.url), { method, agent, headers }, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => resolve({ code: response.statusCode ?? 0, message: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const metadata = { name: 'x' }
const pool = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'IPPool',
  metadata,
  spec: { cidr: '10.3.0.0/16', blockSize: 26, allowedUses: ['Workload'] },
}
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata,
  spec: { podCIDRs: ['10.9.0.0/26'], taints: [{ key: 'a', effect: 'NoSchedule' }] },
}
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { nodeSelector: { a: 'b' }, containers: [{ name: 'a', ports: [{ containerPort: 1 }] }] },
}
const schema = {
  openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
}
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'racks.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Cluster',
    names: { kind: 'Rack', plural: 'racks' },
    versions: [{ name: 'v1', served: true, storage: true, schema }],
  },
}

const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE')
const type = fc.constantFrom(
  'application/json',
  'application/apply-patch+yaml',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/json-patch+json',
  'application/vnd.kubernetes.protobuf',
)
/** Objects that the API takes, beside the collection that they belong to. */
const targets: readonly (readonly [collection: string, object: { metadata: { name: string } }])[] = [
  ['/api/v1/namespaces/default/services', service({ type: 'LoadBalancer' })],
  ['/apis/apps/v1/namespaces/default/deployments', deployment(1)],
  ['/apis/policy/v1/namespaces/default/poddisruptionbudgets', budget('web', { minAvailable: 1 })],
  ['/apis/projectcalico.org/v3/bgppeers', bgpPeer()],
  ['/apis/projectcalico.org/v3/ippools', pool],
  ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition],
  ['/api/v1/nodes', node],
  ['/api/v1/namespaces/default/pods', pod],
]

/** The object with one part of it replaced by anything, or just anything. */
const sent = fc
  .tuple(fc.constantFrom(...targets), fc.nat(40), fc.jsonValue(), fc.option(fc.string(), { freq: 5 }), fc.boolean())
  .map(([[collection, object], at, value, other, named]) => {
    let left = at
    const broken = JSON.stringify(object, (_, child) => (left-- === 0 ? value : child))
    const name = named ? `/${object.metadata.name}` : ''
    return { path: `${collection}${name}?fieldManager=a&force=true`, body: other ?? broken }
  })

test('never ends in an internal error, whatever is sent', async () => {
  await fc.assert(
    fc.asyncProperty(method, type, sent, async (how, form, what) => {
      const { code, message } = await send(how, what.path, form, what.body)
      assert.not.match(message, 'Internal error occurred', `${code} ${message}`)
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  )
})

test('and the cluster still works', async () => {
  assert.is((await send('GET', '/api/v1/namespaces/default', 'application/json', '')).code, 200)
  assert.equal(troubles, [])
})

test.run()
