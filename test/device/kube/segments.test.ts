import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refusedOf } from '../../../src/connection/kubectl/refused.ts'
import { segmentsOf } from '../../../src/device/kube/segments.ts'
import type { KubeCommand, KubeObject } from '../../../src/model/kube.ts'

const object = (kind: string, name = 'a', namespace?: string): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace ? { namespace } : {}) },
})
const apply = (kind: string, force = false): KubeCommand => ({ verb: 'apply', object: object(kind), force })
const remove = (kind: string): KubeCommand => ({ verb: 'delete', object: object(kind) })
const work = (...tasks: KubeCommand[][]) =>
  tasks.map((commands, index) => ({ id: `t${index}`, title: `t${index}`, commands, differences: [] }))
const shape = (...tasks: KubeCommand[][]) =>
  segmentsOf(work(...tasks)).map(segment => `${segment.verb} ${segment.steps.map(step => step.command.object.kind)}`)

test('within a task what others need goes first, and deletions go backwards', () => {
  assert.equal(shape(['Pod', 'Secret', 'Role', 'Namespace'].map(kind => apply(kind))), [
    'apply Namespace,Role,Secret,Pod',
  ])
  assert.equal(shape(['Namespace', 'Pod', 'Secret'].map(remove)), ['delete Pod,Secret,Namespace'])
})

test('tasks keep their order and share a call', () => {
  assert.equal(shape([apply('Pod')], [apply('Namespace')]), ['apply Pod,Namespace'])
})

test('a new kind, force and another verb begin a new call', () => {
  assert.equal(shape([apply('Pod'), apply('CustomResourceDefinition')]), [
    'apply CustomResourceDefinition',
    'apply Pod',
  ])
  assert.equal(shape([apply('Pod')], [apply('Pod', true)], [remove('Pod')]), ['apply Pod', 'apply Pod', 'delete Pod'])
})

test('what was not printed as applied was refused, in the order of the words', () => {
  const objects = ['a', 'b', 'c', 'd'].map(name => object('ConfigMap', name))
  const refused = refusedOf(objects, 'configmap/a serverside-applied\nconfigmap/c serverside-applied\n', ['one', 'two'])
  assert.equal(
    [...refused].map(([each, words]) => [each.metadata.name, words]),
    [
      ['b', 'one'],
      ['d', 'two'],
    ],
  )
})

test('a kind that is not served is refused with its own words', () => {
  const objects = [object('ConfigMap'), object('Foo')]
  const words = 'no matches for kind "Foo" in version "v1"'
  const refused = refusedOf(objects, 'configmap/a serverside-applied\n', [words])
  assert.equal([...refused.values()], [words])
})

test.run()
