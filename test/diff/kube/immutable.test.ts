import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refuseImmutable } from '../../../src/diff/kube/immutable.ts'
import { toFailure } from '../../../src/model/failure.ts'
import type { KubeObject } from '../../../src/model/kube.ts'

const object = (apiVersion: string, kind: string, spec: unknown): KubeObject =>
  ({ apiVersion, kind, metadata: { name: 'default' }, spec }) as KubeObject
const failureOf = (act: () => void) => {
  try {
    act()
  } catch (error) {
    return toFailure(error)
  }
  return null
}

test('the block size of a pool cannot change, in either API group', () => {
  for (const api of ['projectcalico.org/v3', 'crd.projectcalico.org/v1']) {
    const pool = (blockSize: number) => object(api, 'IPPool', { cidr: '10.1.0.0/16', blockSize })
    const failure = failureOf(() => refuseImmutable(pool(26), pool(27)))
    assert.is(failure?.code, 'unsafe')
    assert.match(failure?.message ?? '', /spec\.blockSize is 26 and cannot become 27/)
    assert.is(
      failureOf(() => refuseImmutable(pool(26), pool(26))),
      null,
    )
  }
})

test('fields that a partial declaration leaves out stay as they are', () => {
  const live = object('projectcalico.org/v3', 'IPPool', { cidr: '10.1.0.0/16', blockSize: 26 })
  const declared = object('projectcalico.org/v3', 'IPPool', { natOutgoing: false })
  assert.is(
    failureOf(() => refuseImmutable(live, declared, true)),
    null,
  )
})

test('the pools of an Installation are fixed, other fields are not', () => {
  const installation = (blockSize: number, mtu: number) =>
    object('operator.tigera.io/v1', 'Installation', { calicoNetwork: { mtu, ipPools: [{ blockSize }] } })
  assert.match(
    failureOf(() => refuseImmutable(installation(26, 1), installation(27, 1)))?.message ?? '',
    /fixed at install/,
  )
  assert.is(
    failureOf(() => refuseImmutable(installation(26, 1), installation(26, 2))),
    null,
  )
})

test('objects of other groups are none of its business', () => {
  const pool = (cidr: string) => object('example.org/v1', 'IPPool', { cidr })
  assert.is(
    failureOf(() => refuseImmutable(pool('a'), pool('b'))),
    null,
  )
})

test.run()
