import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeLines } from '../../../src/diff/kube/lines.ts'
import type { KubeObject } from '../../../src/model/kube.ts'

const object = (rest: Record<string, unknown>, metadata: Record<string, unknown> = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a', ...metadata }, ...rest }) as KubeObject

test('a created object is shown as the YAML that people write', () => {
  const lines = kubeLines(
    null,
    object({ spec: { port: 80, empty: {}, list: [{ name: 'x', on: true }], text: 'no: "1"' } }),
  )
  assert.equal(lines, [
    '+ apiVersion: v1',
    '+ kind: Thing',
    '+ metadata:',
    '+   name: a',
    '+ spec:',
    '+   empty: {}',
    '+   list:',
    '+     - name: x',
    '+       on: true',
    '+   port: 80',
    '+   text: "no: \\"1\\""',
  ])
})

test('entries of a list are paired by their name, whatever their place', () => {
  const before = object({
    spec: {
      ports: [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
    },
  })
  const after = object({
    spec: {
      ports: [
        { name: 'b', port: 3 },
        { name: 'a', port: 1 },
      ],
    },
  })
  assert.equal(kubeLines(before, after), [
    '  spec:',
    '    ports:',
    '      - name: b',
    '-       port: 2',
    '+       port: 3',
  ])
})

test('entries without a name are shown where they differ', () => {
  const before = object({ spec: { cidrs: ['10.0.0.0/8', '192.0.2.0/24'] } })
  const after = object({ spec: { cidrs: ['10.0.0.0/8', '198.51.100.0/24'] } })
  assert.equal(kubeLines(before, after), ['  spec:', '    cidrs:', '-     - 192.0.2.0/24', '+     - 198.51.100.0/24'])
})

test('what only the server says is not shown', () => {
  const noisy = object({ status: { phase: 'x' } }, { uid: '1', resourceVersion: '7', managedFields: [{}] })
  assert.equal(kubeLines(noisy, object({})), [])
})

test('a Secret shows which values change and nothing of them', () => {
  const secret = (data: Record<string, string>) => ({ ...object({ data }), kind: 'Secret' })
  const lines = kubeLines(
    secret({ same: 'canaryA', password: 'canaryB' }),
    secret({ same: 'canaryA', password: 'canaryC' }),
  )
  assert.equal(lines, ['  data:', '-   password: ********', '+   password: ******** (changed)'])
  assert.not.match(kubeLines(null, secret({ password: 'canaryB' })).join('\n'), /canary/)
})

test('passwords in annotations are masked too', () => {
  const node = (passwords: string) => object({}, { annotations: { 'kube-router.io/peer.passwords': passwords } })
  assert.not.match(kubeLines(node('Y2FuYXJ5'), node('b3RoZXI=')).join('\n'), /Y2FuYXJ5|b3RoZXI=/)
})

test.run()
