import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isReady } from '../../../src/diff/kube/ready.ts'
import type { KubeObject } from '../../../src/model/kube.ts'

const object = (kind: string, rest: Record<string, unknown>, generation = 2): KubeObject =>
  ({ apiVersion: 'apps/v1', kind, metadata: { name: 'a', generation }, ...rest }) as KubeObject
const whyNot = (kind: string, rest: Record<string, unknown>) => {
  const verdict = isReady(object(kind, rest))
  return verdict.ok ? 'ready' : `${verdict.state}: ${verdict.because}`
}

test('a Deployment is ready when the new replicas are there and no old one is', () => {
  const status = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 }
  const spec = { replicas: 3 }
  assert.is(whyNot('Deployment', { spec, status }), 'ready')
  assert.match(whyNot('Deployment', { spec, status: { ...status, observedGeneration: 1 } }), /not seen the change/)
  assert.is(
    whyNot('Deployment', { spec, status: { ...status, updatedReplicas: 1 } }),
    'waiting: 1 of 3 replicas are updated',
  )
  assert.is(
    whyNot('Deployment', { spec, status: { ...status, replicas: 4 } }),
    'waiting: 1 old replicas are still there',
  )
  assert.match(whyNot('Deployment', { spec, status: { ...status, availableReplicas: 2 } }), /2 of 3 replicas are ready/)
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too long' }]
  assert.is(whyNot('Deployment', { spec, status: { ...status, updatedReplicas: 1, conditions } }), 'broken: too long')
})

test('a DaemonSet is ready when it is on every node', () => {
  const status = { observedGeneration: 2, desiredNumberScheduled: 6, updatedNumberScheduled: 6, numberReady: 5 }
  assert.is(whyNot('DaemonSet', { status }), 'waiting: the pod is ready on 5 of 6 nodes')
  assert.is(whyNot('DaemonSet', { status: { ...status, numberReady: 6 } }), 'ready')
})

test('a failed pod is broken, a succeeded one is done', () => {
  assert.is(whyNot('Pod', { status: { phase: 'Failed' } }), 'broken: the pod failed')
  assert.is(whyNot('Pod', { status: { phase: 'Succeeded' } }), 'ready')
  assert.match(whyNot('Pod', { status: { phase: 'Pending' } }), /no condition Ready yet/)
})

test('a condition that is asked for counts instead', () => {
  const conditions = [{ type: 'Healthy', status: 'False', reason: 'Starting', message: 'wait a little' }]
  const verdict = isReady(object('Anything', { status: { conditions } }), { type: 'Healthy' })
  assert.equal(verdict, { ok: false, state: 'waiting', because: 'Healthy is False (Starting: wait a little)' })
  assert.ok(isReady(object('Anything', { status: { conditions } }), { type: 'Healthy', status: 'False' }).ok)
})

test('kinds without a notion of readiness are ready', () => {
  assert.ok(isReady(object('ConfigMap', {})).ok)
})

test.run()
