import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSnapshot } from '../../../src/device/apic/snapshot.ts'
import { FailureError } from '../../../src/model/failure.ts'
import { failureOf } from '../../support/failure.ts'

const objectOf = (dn: string, name = 'fvTenant') => ({ class: name, attributes: { dn }, children: [] })
const dnOf = (path: string) => path.slice('/api/mo/'.length, -'.json'.length)

test('reads of a moment share the object above them; what is read is not read again', async () => {
  const asked: string[] = []
  const snapshot = openSnapshot(async path => {
    asked.push(dnOf(path))
    return ['uni/tn-a', 'uni/tn-a/ctx-b', 'uni/tn-a/ctx-c'].map(dn => objectOf(dn))
  })
  const trees = await Promise.all(['uni/tn-a/ctx-b', 'uni/tn-a/ctx-c'].map(dn => snapshot.subtree(dn)))
  assert.equal(
    trees.map(tree => [...tree.keys()]),
    [['uni/tn-a/ctx-b'], ['uni/tn-a/ctx-c']],
  )
  await snapshot.subtree('uni/tn-a/ctx-b')
  assert.equal(asked, ['uni/tn-a'])
  snapshot.forget()
  await snapshot.subtree('uni/tn-a/ctx-b')
  assert.is(asked.length, 2)
})

test('staged changes show in what was read and in what is read later', async () => {
  const snapshot = openSnapshot(async path => [objectOf(dnOf(path))])
  await snapshot.subtree('uni/tn-a')
  const create = (dn: string) => ({ id: dn, before: null, after: { class: 'fvCtx', attributes: { name: 'x' } } })
  snapshot.stage([create('uni/tn-a/ctx-x'), create('uni/tn-b/ctx-x')])
  assert.ok((await snapshot.subtree('uni/tn-a')).has('uni/tn-a/ctx-x'))
  assert.equal([...(await snapshot.subtree('uni/tn-b')).keys()], ['uni/tn-b', 'uni/tn-b/ctx-x'])
})

test('a read that fails is asked again the next time, and is not an empty answer', async () => {
  let count = 0
  const snapshot = openSnapshot(async path => {
    if (count++ === 0) throw new FailureError({ code: 'denied', message: 'no' })
    return [objectOf(dnOf(path))]
  })
  let denied = false
  await snapshot.subtree('uni/tn-a').catch(() => {
    denied = true
  })
  assert.ok(denied)
  assert.is((await snapshot.subtree('uni/tn-a')).size, 1)
})

test('faults and the far ends of relations are not configuration', async () => {
  const snapshot = openSnapshot(async () => [
    objectOf('uni/tn-a'),
    objectOf('uni/tn-a/fault-F1', 'faultInst'),
    objectOf('uni/tn-a/ctx-b/rtctx-[x]', 'fvRtCtx'),
    objectOf('uni/tn-a/bgprtsum-x', 'bgpRtSummPol'),
  ])
  assert.equal([...(await snapshot.subtree('uni/tn-a')).keys()], ['uni/tn-a', 'uni/tn-a/bgprtsum-x'])
})

const tooBig = () =>
  new FailureError({
    code: 'rejected',
    message: 'no',
    device: { said: 'Unable to process the query, result dataset is too big' },
  })

test('what shares an object that is too big is read one by one, and what was left out is not taken for absent', async () => {
  const asked: string[] = []
  const snapshot = openSnapshot(async path => {
    asked.push(dnOf(path))
    if (dnOf(path) === 'uni/tn-a') throw tooBig()
    return [objectOf(dnOf(path))]
  })
  const [one, , late] = await Promise.all([
    snapshot.subtree('uni/tn-a/BD-1'),
    snapshot.subtree('uni/tn-a/BD-2'),
    new Promise(resolve => setTimeout(resolve, 4)).then(() => snapshot.subtree('uni/tn-a/BD-3')),
  ])
  assert.equal([...(one?.keys() ?? [])], ['uni/tn-a/BD-1'])
  assert.is(late?.size, 1)
  assert.equal(asked, ['uni/tn-a', 'uni/tn-a/BD-1', 'uni/tn-a/BD-2', 'uni/tn-a/BD-3'])
})

test('an object that is too big is read child by child', async () => {
  const snapshot = openSnapshot(async (path, query) => {
    if (query['query-target'] === 'children') return [objectOf('uni/tn-a/x'), objectOf('uni/tn-a/y')]
    if (dnOf(path) === 'uni/tn-a' && query['query-target'] === 'subtree') throw tooBig()
    return [objectOf(dnOf(path))]
  })
  assert.equal([...(await snapshot.subtree('uni/tn-a')).keys()], ['uni/tn-a', 'uni/tn-a/x', 'uni/tn-a/y'])
})

test('an object that is too big and has no parts is an error', async () => {
  const snapshot = openSnapshot(async (path, query) => {
    if (query['query-target'] === 'subtree') throw tooBig()
    return query['query-target'] === 'children' ? [] : [objectOf(dnOf(path))]
  })
  const failure = await failureOf(snapshot.subtree('uni/tn-a'))
  assert.is(failure.code, 'rejected')
  assert.match(failure.message, 'cannot be read in parts')
})

test.run()
