import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { planCli } from '../../../src/diff/cli/plan.ts'
import { readConfig } from '../../../src/diff/cli/read.ts'
import { renderCli } from '../../../src/diff/cli/render.ts'
import { finish } from '../../support/finish.ts'
import { closeAll, device, inside, leaf, work } from '../../support/nxos.ts'

test.after(closeAll)

const CONFIG = `hostname leaf-a
feature ospf
feature bgp
feature interface-vlan
router ospf 1
interface Vlan3001
  ip address 10.30.1.1/24
interface Ethernet1/1
  no switchport
  ip address 10.1.0.1/31
  ip address 10.1.1.1/31 secondary
interface Ethernet1/2
  switchport access vlan 30
router bgp 65102
  router-id 10.0.0.1
line vty
`
const ETHERNET = (port: number) => [`interface Ethernet1/${port}`]
const TASKS = {
  'no feature bgp': inside([], 'no feature bgp'),
  'no feature interface-vlan': inside([], 'no feature interface-vlan'),
  'no feature ospf': inside([], 'no feature ospf'),
  switchport: inside(ETHERNET(1), 'switchport'),
  'no switchport': inside(ETHERNET(2), 'no switchport'),
}
const sent = (wanted: Parameters<typeof planCli>[1]) =>
  renderCli(planCli(readConfig(CONFIG), wanted)).map(({ line }) => line)

test('what a switch deletes with a line is deleted openly before it', () => {
  assert.equal(sent(TASKS['no feature bgp']), ['no router bgp 65102', 'no feature bgp'])
  assert.equal(sent(TASKS['no feature interface-vlan']), ['no interface Vlan3001', 'no feature interface-vlan'])
  assert.equal(sent(TASKS.switchport), [
    'no ip address 10.1.1.1/31 secondary',
    'no ip address 10.1.0.1/31',
    'switchport',
  ])
  assert.equal(sent(TASKS['no switchport']), ['no switchport access vlan', 'no switchport'])
})

test('what the task wants there comes back behind it, and nothing else goes', () => {
  assert.equal(sent([...TASKS['no switchport'], ...inside(ETHERNET(2), 'ip address 10.2.0.1/31')]), [
    'no switchport access vlan',
    'no switchport',
    'ip address 10.2.0.1/31',
  ])
  assert.equal(sent(inside(ETHERNET(1), 'no switchport', 'ip address 10.1.0.1/31')), [])
  assert.equal(sent(inside([], 'feature hsrp')), ['feature hsrp'])
})

for (const [title, lines] of Object.entries(TASKS))
  test(`a task with '${title}' that fails later leaves the switch as it was`, async () => {
    const reject = [{ pattern: '^mtu', text: '% Invalid command' }]
    const { lab, endpoint } = await leaf({ config: CONFIG, faults: { reject } })
    const { device: open } = await device(endpoint)
    const before = lab.runningText().split('\n').toSorted()
    const [outcome] = await open.write([await work(open, title, [...lines, ...inside(ETHERNET(3), 'mtu 9216')])])
    assert.is(outcome?.state, 'failed')
    assert.is(await finish(open), null)
    assert.equal(lab.runningText().split('\n').toSorted(), before)
    await open.release()
  })

test.run()
