import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as assert from 'uvu/assert'
import { managersOf } from '../../../src/diff/kube/managers.ts'
import type { Device } from '../../../src/model/device.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { differences } from '../../../src/model/managed.ts'
import { k8s } from '../../../src/modules/kube/k8s.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { kubectlProgram, suiteWithKubectl } from '../../support/where.ts'

const config = (name: string, data: Record<string, string>) => ({
  definition: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data },
})
const absent = (name: string) => ({ kind: 'ConfigMap', name, namespace: 'default', state: 'absent' })

/** Observes, plans and writes tasks one by one, as runs do that wait in between. */
async function run(device: Device<'kube'>, ...inputs: object[]): Promise<void> {
  for (const [index, input] of inputs.entries()) {
    const args = k8s.args.parse(input)
    const changes = differences(k8s.plan(await k8s.observe(device.read, args), args))
    const work = { id: `${index}`, title: `${index}`, differences: changes, commands: k8s.render(changes, args) }
    assert.equal(await device.write([work]), [{ state: 'applied' }])
  }
}

await suiteWithKubectl('undo on a cluster that others change too', async test => {
  const lab = await startKubeLab()
  test.after(() => lab.close())
  /** What a colleague does with kubectl. */
  const colleague = (...words: string[]) =>
    promisify(execFile)(kubectlProgram(), [
      '--kubeconfig',
      lab.kubeconfig,
      '--cache-dir',
      `${lab.folder}/theirs`,
      ...words,
    ])
  const patch = (name: string, body: object) =>
    colleague('patch', 'configmap', name, '--type=merge', '-p', JSON.stringify(body), '--field-manager=colleague')
  const data = (name: string) => (lab.object('ConfigMap', name) as { data?: object } | undefined)?.data
  const owners = (name: string) =>
    managersOf(lab.object('ConfigMap', name) as KubeObject)
      .map(({ name: manager, operation }) => `${manager} ${operation}`)
      .sort()

  test('only what the run has changed goes back, and the next run is not refused', async () => {
    await run(await lab.open(), config('shared', { a: 'old', gone: 'once' }))
    const device = await lab.open()
    await run(device, config('shared', { a: 'new', added: 'by the run' }))
    await patch('shared', { data: { theirs: 'stays' }, metadata: { labels: { team: 'net' } } })
    assert.is(await device.revert(), null)
    assert.equal(data('shared'), { a: 'old', gone: 'once', theirs: 'stays' })
    assert.equal(lab.object('ConfigMap', 'shared')?.metadata.labels, { team: 'net' })
    assert.equal(owners('shared'), ['colleague Update', 'weft Apply'])
    assert.is(device.pending(), null)
    await run(await lab.open(), config('shared', { a: 'newer' }))
    assert.equal(data('shared'), { a: 'newer', theirs: 'stays' })
  })

  test('what a colleague has changed as well stays as they left it, and is named', async () => {
    await run(await lab.open(), config('both', { a: 'old', b: 'old' }))
    const device = await lab.open()
    await run(device, config('both', { a: 'new', b: 'new' }))
    await patch('both', { data: { a: 'theirs' } })
    const failure = await device.revert()
    assert.match(failure?.aftermath ?? '', /ConfigMap\/default\/both \(somebody else has changed data\/a since/)
    assert.equal(data('both'), { a: 'theirs', b: 'old' })
    assert.ok(device.pending(), 'what is left is not forgotten')
  })

  test('an object that the run has made goes, unless somebody else has put something into it', async () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'made', namespace: 'default' } }
    const spec = { selector: { app: 'made' }, type: 'NodePort', ports: [{ port: 80 }] }
    const device = await lab.open()
    await run(device, config('mine', { a: '1' }), config('ours', { a: '1' }), { definition: { ...service, spec } })
    await patch('ours', { data: { theirs: 'stays' } })
    assert.match((await device.revert())?.aftermath ?? '', /ConfigMap\/default\/ours \(somebody else/)
    assert.is(lab.object('ConfigMap', 'mine'), undefined)
    assert.is(lab.object('Service', 'made'), undefined)
    assert.equal(data('ours'), { a: '1', theirs: 'stays' })
  })

  test('a deleted object comes back in the name of who owned it, with weft owning no more than before', async () => {
    lab.cluster.put(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'helms', namespace: 'default' },
        data: { a: '1', b: '2' },
      },
      'helm',
    )
    await run(await lab.open(), config('helms', { weft: 'own' }))
    const before = lab.object('ConfigMap', 'helms')
    const device = await lab.open()
    await run(device, absent('helms'))
    assert.is(lab.object('ConfigMap', 'helms'), undefined)
    assert.is(await device.revert(), null)
    assert.equal(data('helms'), { a: '1', b: '2', weft: 'own' })
    assert.equal(owners('helms'), ['helm Update', 'weft Apply'])
    const own = (object?: KubeObject) => managersOf(object as KubeObject).find(({ name }) => name === 'weft')?.fields
    assert.equal(own(lab.object('ConfigMap', 'helms')), own(before))
  })

  test('several changes of one object are taken back, the last first', async () => {
    await run(await lab.open(), config('turns', { a: 'old' }))
    const device = await lab.open()
    await run(device, config('turns', { a: 'new' }), absent('turns'), config('turns', { b: 'again' }))
    assert.equal(data('turns'), { b: 'again' })
    assert.is(await device.revert(), null)
    assert.equal(data('turns'), { a: 'old' })
  })

  test('a list that the run has changed is as before, and a container of a colleague is not lost', async () => {
    const web = (image: string, more: object[] = []) => ({
      definition: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'default' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image }, ...more] },
          },
        },
      },
    })
    await run(await lab.open(), web('web:1'))
    const device = await lab.open()
    await run(device, web('web:2', [{ name: 'side', image: 'side:1' }]))
    assert.is(await device.revert(), null)
    const containers = () =>
      (
        lab.object('Deployment', 'web') as {
          spec?: { template: { spec: { containers: { name: string; image: string }[] } } }
        }
      ).spec?.template.spec.containers.map(({ name, image }) => `${name} ${image}`)
    assert.equal(containers(), ['web web:1'])
  })

  test('nothing is kept for an undo once it is committed', async () => {
    const device = await lab.open()
    await run(device, config('kept', { a: '1' }))
    assert.is(await device.commit(), null)
    assert.is(await device.revert(), null)
    assert.equal(data('kept'), { a: '1' })
  })
})
