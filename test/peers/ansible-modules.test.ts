import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startEstate } from '../../src/lab/estate/estate.ts'
import { ansiblePlaybook, recapOf } from './ansible-playbook.ts'
import { has } from './program.ts'
import { apicState } from './two-labs.ts'

const test = suite('the modules of cisco.nxos and cisco.aci against the lab')

// These read before they write, in their own way each, and do nothing when they find what they want: what the lab shows must
// be what a device would show of what it was told. Both run twice from here on, beside the tests of the other files.
if (has('ansible-playbook')) {
  const folder = mkdtempSync(join(tmpdir(), 'weft-peers-'))
  const lab = await startEstate({ folder, latencyMs: 0, firstPort: 0, log: () => {} })
  test.after(() => lab.close())

  const twice = async (playbook: string, limit: string) => {
    const first = await ansiblePlaybook(playbook, { lab, limit })
    return { first, second: await ansiblePlaybook(playbook, { lab, limit }) }
  }
  const nxos = twice('test/peers/nxos-resources.yml', 'leaf-102')
  const aci = twice('test/peers/aci-classes.yml', 'apic-1')

  test('resource modules of NX-OS configure a switch, and find nothing to do the second time', async () => {
    const { first, second } = await nxos
    assert.is(first.code, 0, first.text)
    assert.is(recapOf('leaf-102', first).changed, 10, first.text)
    const running = lab.switches.find(({ name }) => name === 'leaf-102')?.runningText() ?? ''
    assert.match(running, /vlan 310\n {2}name peers-a\n {2}vn-segment 30310\n/)
    assert.match(running, /neighbor 10\.31\.0\.2\n(?: {6}.*\n)*? {6}remote-as 65531\n/)
    assert.match(running, /route-map peers-in permit 10\n(?: {2}.*\n)* {2}match ip address prefix-list peers-in/)
    assert.is(second.code, 0, second.text)
    assert.is(recapOf('leaf-102', second).changed, 0, second.text)
  })

  test('class modules of ACI make an L3Out with its BGP peer, and find nothing to do the second time', async () => {
    const { first, second } = await aci
    assert.is(first.code, 0, first.text)
    assert.is(recapOf('apic-1', first).changed, 16, first.text)
    const peer = Object.entries(apicState(lab, 'uni/tn-classes')).find(([dn]) => dn.endsWith('peerP-[192.168.9.0/24]'))
    assert.is((peer?.[1] as { ctrl: string } | undefined)?.ctrl, 'as-override,dis-peer-as-check')
    assert.is(second.code, 0, second.text)
    assert.is(recapOf('apic-1', second).changed, 0, second.text)
  })
}

test.run()
