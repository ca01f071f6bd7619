import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { notKept } from '../../../src/diff/kube/kept.ts'

test('defaults, other spellings and another order are kept; a changed or dropped field is not', () => {
  const wanted = {
    replicas: 2,
    cpu: '1000m',
    memory: '1Gi',
    mode: '0400',
    address: '2001:DB8::1',
    empty: {},
    nothing: null,
    ports: [{ port: 80 }, { port: 443, name: 'tls' }],
    flags: ['b', 'a'],
  }
  const live = {
    replicas: 2,
    cpu: 1,
    memory: '1024Mi',
    mode: '0400',
    address: '2001:db8::1',
    ports: [
      { port: 443, name: 'tls', protocol: 'TCP' },
      { port: 80, protocol: 'TCP' },
    ],
    flags: ['a', 'b'],
    added: true,
  }
  assert.equal(notKept(wanted, live), [])
  assert.equal(notKept({ a: 1, b: { c: 'x' } }, { a: 2, b: {} }), [
    { path: 'a', wanted: 1, live: 2 },
    { path: 'b/c', wanted: 'x', live: undefined },
  ])
  assert.equal(
    notKept({ ports: [{ port: 80, name: 'web' }] }, { ports: [{ port: 81, name: 'web' }] }).map(({ path }) => path),
    ['ports/web/port'],
  )
  assert.is(notKept({ list: ['a', 'c'] }, { list: ['a'] }).length, 1)
})

test('whatever was declared is kept by itself and by anything that only adds to it', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean())
  const object = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,6}$/),
    fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf)),
  )
  fc.assert(
    fc.property(object, object, (declared, more) => {
      assert.equal(notKept(declared, declared), [])
      assert.equal(notKept(declared, { ...more, ...declared }), [])
    }),
  )
})

test.run()
