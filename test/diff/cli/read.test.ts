import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { childrenAt } from '../../../src/diff/cli/children-at.ts'
import { normalCli } from '../../../src/diff/cli/normal.ts'
import { planCli } from '../../../src/diff/cli/plan.ts'
import { readConfig } from '../../../src/diff/cli/read.ts'
import { parseCli } from '../../../src/diff/cli/tree.ts'

const whole = (text: string) => normalCli(parseCli(text))

const words = fc.constantFrom(
  '',
  '!',
  '!Time: now',
  'vlan 1,10-12',
  'vlan 10',
  'interface eth1/1',
  'interface Ethernet1/1',
  'router bgp 1',
  'vrf x',
  'neighbor 10.0.0.1 remote-as 5',
  'neighbor 10.0.0.1',
  'description a banner motd #',
  'switchport trunk allowed vlan 1-3',
  'switchport trunk allowed vlan add 5',
  'banner motd #hello#',
  'banner motd #',
  'banner exec #hello',
  'the end #',
  'no shut',
)
const blanks = fc.constantFrom('', '', '', '  ', '  ', '  ', '    ', '    ', '      ', ' ', '   ', '\t')
const texts = fc
  .array(fc.tuple(blanks, words), { maxLength: 16 })
  .map(lines => lines.map(([indent, line]) => `${indent}${line}`).join('\n'))

test('a configuration that is read by blocks is what it is when it is read whole', () => {
  fc.assert(
    fc.property(texts, text => {
      assert.equal(readConfig(text), whole(text))
      assert.equal(readConfig(text), whole(text))
    }),
    { numRuns: 1000 },
  )
})

test('line ends of another system change nothing', () => {
  const text = 'banner motd #\n hello\n#\ninterface Vlan1\n  no shutdown'
  assert.equal(readConfig(text.replaceAll('\n', '\r\n')), whole(text))
})

test('what two switches have in common is read once', () => {
  const common = 'vrf context a\n  vni 1\nrouter bgp 1\n'
  const one = readConfig(`${common}  router-id 10.0.0.1\n  vrf a\n    maximum-paths 2`)
  const other = readConfig(`${common}  router-id 10.0.0.2\n  vrf a\n    maximum-paths 2`)
  assert.is(childrenAt(one, ['vrf context a']), childrenAt(other, ['vrf context a']))
  assert.is(childrenAt(one, ['router bgp 1', 'vrf a']), childrenAt(other, ['router bgp 1', 'vrf a']))
  assert.is.not(childrenAt(one, ['router bgp 1']), childrenAt(other, ['router bgp 1']))
})

test('the same words in another context are another thing', () => {
  const peer = '    address-family ipv4 unicast\n      route-map a out'
  const tree = readConfig(`router bgp 1\n  neighbor 10.0.0.1\n${peer}\n  vrf x\n    address-family ipv4 unicast`)
  assert.equal(planCli(tree, [line(['neighbor 10.0.0.1', 'address-family ipv4 unicast'], 'route-map b out')]).length, 1)
  const changes = planCli(tree, [line(['vrf x', 'address-family ipv4 unicast'], 'route-map a out')])
  assert.equal(
    changes.map(change => change.id),
    ['cli:router bgp 1/vrf x/address-family ipv4 unicast/route-map a out'],
  )
})

test('a line that one switch meets is still planned for one that does not, and with options that send it', () => {
  const wanted = [line([], 'feature bgp'), line(['vrf x'], 'maximum-paths 2')]
  const start = 'feature bgp\nrouter bgp 1\n  vrf x\n'
  const meets = readConfig(`${start}    maximum-paths 2`)
  assert.equal(planCli(meets, wanted), [])
  assert.equal(planCli(readConfig(`${start}    maximum-paths 4`), wanted).length, 1)
  assert.equal(planCli(meets, wanted, { force: true }).length, 2)
  assert.equal(planCli(meets, wanted), [])
})

function line(below: readonly string[], text: string) {
  return { parents: below.length === 0 ? [] : ['router bgp 1', ...below], line: text }
}

test.run()
