import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withoutContent } from '../../../src/run/door/hidden.ts'

test('texts go, what names a resource stays', () => {
  assert.equal(withoutContent({ place: '/etc/x', file: { content: 'secret', mode: 0o600 } }), {
    place: '/etc/x',
    file: { content: '********', mode: 0o600 },
  })
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: 'secret' } }
  assert.equal(withoutContent({ object }).object, { ...object, data: { a: '********' } })
})

test('processes and typed commands are left out whole', () => {
  assert.equal(withoutContent([{ run: { command: ['echo', 'secret'] } }, { exec: 'secret' }]), [
    { run: { command: ['********', '********'] } },
    { exec: '********' },
  ])
})

test.run()
