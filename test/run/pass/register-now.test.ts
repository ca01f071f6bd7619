import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/model/kube.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { suiteWithKubectl } from '../../support/where.ts'
import { resultsOf, tryRun } from '../try.ts'

const service = (name: string, register: string) => `
    - k8s:
        definition:
          apiVersion: v1
          kind: Service
          metadata: {name: ${name}, namespace: default}
          spec: {selector: {app: ${name}}, ports: [{port: 80}]}
      register: ${register}`
const settings = (name: string, data: string) => `
    - k8s:
        definition:
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: ${name}, namespace: default}
          data: ${data}`
const play = (...tasks: string[]) => ({
  'hosts.ini': 'blue weft_platform=kube\n',
  'playbook.yml': `- hosts: all\n  gather_facts: false\n  tasks:${tasks.join('')}\n`,
})

await suiteWithKubectl('what a task of a cluster registers', async test => {
  const lab = await startKubeLab()
  test.after(() => lab.close())
  const spec = (name: string) => (lab.object('Service', name) as { spec?: { clusterIP?: string } } | undefined)?.spec

  test('is what is there after the run, also where a later task is made of it, for one call for all of a write', async () => {
    const tried = await tryRun(
      play(
        service('one', 'one'),
        service('two', 'two'),
        settings('other', '{a: b}'),
        settings('addresses', '{one: "{{ one.result.spec.clusterIP }}", uid: "{{ two.result.metadata.uid }}"}'),
      ),
      { kube: () => lab.open() },
    )
    assert.equal(
      resultsOf(tried).map(line => line.split(' ').at(-1)),
      ['changed', 'changed', 'changed', 'changed'],
    )
    const addresses = lab.object('ConfigMap', 'addresses') as KubeObject & { data?: Record<string, string> }
    assert.is(addresses.data?.one, spec('one')?.clusterIP)
    assert.is(addresses.data?.uid, lab.object('Service', 'two')?.metadata.uid)
  })

  test('costs one call more, and nothing where nobody registers', async () => {
    const verbs = async (...tasks: string[]) => {
      await lab.calls()
      await tryRun(play(...tasks), { kube: () => lab.open() })
      return (await lab.calls()).map(call => / (get|apply|delete)( |$)/.exec(call)?.[1])
    }
    const plain = await verbs(settings('p', '{a: b}'), settings('q', '{a: b}'))
    const registering = await verbs(service('three', 'third'), service('four', 'fourth'), settings('s', '{a: b}'))
    assert.is(registering.length, plain.length + 1)
    assert.is((await verbs(service('three', 'third'))).length, 2)
  })
})
