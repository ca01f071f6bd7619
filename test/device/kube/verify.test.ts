import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import { differences } from '../../../src/model/managed.ts'
import { k8s } from '../../../src/modules/kube/k8s.ts'
import { finish } from '../../support/finish.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { suiteWithKubectl } from '../../support/where.ts'

const object = (kind: string, name: string, rest: object, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default' },
  ...rest,
})

async function run(device: Device<'kube'>, input: object): Promise<void> {
  const args = k8s.args.parse(input)
  const changes = differences(k8s.plan(await k8s.observe(device.read, args), args))
  device.stage(changes)
  const work = { id: 't', title: 't', differences: changes, commands: k8s.render(changes, args) }
  assert.equal(await device.write([work]), [{ state: 'applied' }])
}

await suiteWithKubectl('what was written is read again', async test => {
  const lab = await startKubeLab()
  test.after(() => lab.close())

  test('by one call for all of it, and what the server adds or spells otherwise is fine', async () => {
    const containers = [{ name: 'web', image: 'web:1', resources: { requests: { cpu: '1000m' } } }]
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers } }
    const definition = [
      object('Service', 'web', { spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] } }),
      object('Secret', 'web', { stringData: { password: 'canary' } }),
      object('Deployment', 'web', { spec: { selector: { matchLabels: { app: 'web' } }, template } }, 'apps/v1'),
      { ...object('BGPPeer', 'leaf', { spec: { peerIP: '192.0.2.1', asNumber: 65102 } }, 'projectcalico.org/v3') },
    ]
    const device = await lab.open()
    await run(device, { definition })
    await lab.calls()
    assert.is(await finish(device), null)
    assert.is((await lab.calls()).length, 1)
    assert.is(device.pending(), null)
  })

  test('and a field that was changed or dropped is said, a deletion that did not happen too', async () => {
    const device = await lab.open()
    const settings = object('ConfigMap', 'settings', { data: { a: '1', b: '2' } })
    await run(device, { definition: [settings, object('Secret', 's', { stringData: { key: 'canary-1' } })] })
    await run(device, { kind: 'Secret', name: 'web', namespace: 'default', state: 'absent' })
    lab.cluster.put({ ...settings, data: { a: 'webhook' } } as never, 'webhook')
    lab.cluster.put(object('Secret', 's', { data: { key: 'Y2FuYXJ5LTI=' } }) as never, 'webhook')
    lab.cluster.put(object('Secret', 'web', {}) as never, 'webhook')
    const failure = await finish(device)
    assert.is(failure?.code, 'stale')
    assert.match(failure?.message ?? '', 'ConfigMap/default/settings: data/a is "webhook", not "1"')
    assert.match(failure?.message ?? '', 'ConfigMap/default/settings: data/b is not there')
    assert.match(failure?.message ?? '', 'Secret/default/s: data/key is another')
    assert.match(failure?.message ?? '', 'Secret/default/web is still there')
    assert.not.match(JSON.stringify(failure), /canary|Y2FuYXJ5/)
  })
})
