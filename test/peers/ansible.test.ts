import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weft } from '../support/weft.ts'
import { ansiblePlaybook } from './ansible-playbook.ts'
import { has } from './program.ts'
import { apicState, startTwoLabs, switchState } from './two-labs.ts'

const test = suite('ansible-playbook against the lab')

if (!has('ansible-playbook')) {
  console.log('peers: ansible-playbook is not on this machine (Debian: apt-get install ansible); nothing was compared')
} else {
  const labs = await startTwoLabs()
  test.after(() => labs.close())

  const ansible = (playbook: string, limit: string) => ansiblePlaybook(playbook, { lab: labs.theirs, limit })
  const ours = (playbook: string, limit: string) =>
    weft(['run', playbook, '-i', 'inventory', '-i', labs.ours.inventory, '--limit', limit])

  // Most of its time is waiting: it begins now, beside what the other files have begun.
  const demo = Promise.all([
    ours('playbooks/nxos-calico.yml', 'leaf-101'),
    ansible('playbooks/nxos-calico.yml', 'leaf-101'),
  ])

  test('the demo playbook for the leaves, by cisco.nxos and by weft, ends in the same running-config', async () => {
    const [one, other] = await demo
    assert.is(one.code, 0, `weft: ${one.out}${one.err}`)
    assert.is(other.code, 0, `ansible: ${other.text}`)
    const mine = switchState(labs.ours)
    assert.equal(mine, switchState(labs.theirs))
    assert.match(mine['leaf-101'] ?? '', 'inherit peer blue-ipv4')
  })

  test('weft finds nothing to do on the switches that ansible configured', async () => {
    const { code, out } = await weft([
      'plan',
      'playbooks/nxos-calico.yml',
      '-i',
      'inventory',
      '-i',
      labs.theirs.inventory,
      '--limit',
      'leaf-101',
    ])
    assert.is(code, 0, out)
  })

  test('the same ACI tasks by cisco.aci and by weft end in the same objects', async () => {
    const [one, other] = await Promise.all([
      ours('test/peers/aci.yml', 'apics'),
      ansible('test/peers/aci.yml', 'apics'),
    ])
    assert.is(one.code, 0, `weft: ${one.out}${one.err}`)
    assert.is(other.code, 0, `ansible: ${other.text}`)
    const mine = apicState(labs.ours, 'uni/tn-peers')
    assert.equal(mine, apicState(labs.theirs, 'uni/tn-peers'))
    assert.ok(mine['uni/tn-peers/out-out/instP-default/extsubnet-[10.244.0.0/16]'])
    assert.not.ok(mine['uni/tn-peers/bgpPfxP-old'])
  })
}

test.run()
