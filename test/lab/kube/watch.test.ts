import { request } from 'node:https'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { ask } from './https.ts'
import { bgpPeer, nodes } from './sample.ts'

const test = suite('watches of the lab')
const cluster = await startCluster({ name: 'demo', nodes: nodes(1), crds: ['calico'] })
test.after(() => cluster.close())

const PEERS = '/apis/projectcalico.org/v3/bgppeers'
const peer = (name: string, rack: string): KubeObject => ({ ...bgpPeer(), metadata: { name, labels: { rack } } })

interface Event {
  readonly type: string
  readonly object: KubeObject & { readonly code?: number }
}

/** Reads a watch until it has `count` events; `ready` runs once the answer has begun. */
function watch(query: string, count: number, ready: () => unknown = () => {}): Promise<Event[]> {
  const headers = { authorization: `Bearer ${cluster.token}` }
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(`${PEERS}?watch=true&${query}`, cluster.url),
      { ca: cluster.ca, headers, agent: false },
      response => {
        let text = ''
        response.on('data', chunk => {
          text += chunk
          const lines = text.split('\n').slice(0, -1)
          if (lines.length < count) return
          sent.destroy()
          resolve(lines.map(line => JSON.parse(line)))
        })
        ready()
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

const short = (events: readonly Event[]): string[] =>
  events.map(({ type, object }) => `${type} ${object.metadata.name}`)

test('a watch from a resourceVersion tells what came after it, and goes on', async () => {
  const { body } = await ask(cluster, PEERS)
  const from = body.metadata.resourceVersion
  cluster.put(peer('a', '1'))
  const events = await watch(`resourceVersion=${from}`, 3, () => {
    cluster.put({ ...peer('a', '1'), spec: { ...(bgpPeer().spec as object), asNumber: 1 } })
    cluster.remove({ apiVersion: 'projectcalico.org/v3', kind: 'BGPPeer', name: 'a' })
  })
  assert.equal(short(events), ['ADDED a', 'MODIFIED a', 'DELETED a'])
})

test('an object that stops matching the selector is deleted for that watch, and added when it matches again', async () => {
  cluster.put(peer('b', '1'))
  const events = await watch('labelSelector=rack%3D1', 3, () => {
    cluster.put(peer('b', '2'))
    cluster.put(peer('other', '2'))
    cluster.put(peer('b', '1'))
  })
  assert.equal(short(events), ['ADDED b', 'DELETED b', 'ADDED b'])
})

test('a watch can begin with everything and say where that ends', async () => {
  const events = await watch('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true', 3)
  assert.equal(
    events.map(event => event.type),
    ['ADDED', 'ADDED', 'BOOKMARK'],
  )
  assert.is(events[2]?.object.metadata.annotations?.['k8s.io/initial-events-end'], 'true')
})

test('a resourceVersion from before the history is Expired', async () => {
  const [event] = await watch('resourceVersion=1', 1)
  assert.is(event?.type, 'ERROR')
  assert.is(event?.object.code, 410)
})

test('clients that go in the middle of a watch do no harm', async () => {
  const leave = () => watch('resourceVersion=0', 1).then(() => cluster.put(peer('late', '1')))
  await Promise.all([leave(), leave(), leave()])
  for (let index = 0; index < 50; index++) cluster.put(peer('late', String(index)))
  assert.is((await ask(cluster, `${PEERS}/late`)).body.metadata.labels.rack, '49')
})

test.run()
