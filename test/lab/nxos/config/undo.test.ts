import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyLine, type Standing } from '../../../../src/lab/nxos/config/apply.ts'
import { loadConfig } from '../../../../src/lab/nxos/config/load.ts'
import type { Config } from '../../../../src/lab/nxos/config/node.ts'
import { printConfig } from '../../../../src/lab/nxos/config/print.ts'

const start = loadConfig(
  'hostname leaf\nfeature bgp\nvlan 1\nrouter bgp 1\n  vrf a\n    neighbor 10.0.0.1\ninterface loopback7\n',
)
const neighbor = ['router bgp 1', 'vrf a', 'neighbor 10.0.0.1']
const lines: readonly (readonly [readonly string[], string])[] = [
  [[], 'ip prefix-list A seq 5 permit 10.0.0.0/8 le 32'],
  [[], 'route-map A permit 10'],
  [[], 'vrf context b'],
  [[], 'vlan 20,30-32'],
  [[], 'ntp server 192.0.2.1 use-vrf management'],
  [['router bgp 1'], 'template peer T'],
  [['router bgp 1', 'vrf a'], 'address-family ipv4 unicast'],
  [['router bgp 1', 'vrf a'], 'neighbor 10.0.0.2 remote-as 5'],
  [neighbor, 'remote-as 65001'],
  [neighbor, 'description some words'],
  [neighbor, 'password secret'],
  [neighbor, 'timers 10 30'],
  [neighbor, 'address-family ipv4 unicast'],
  [['interface loopback7'], 'ip address 192.0.2.7/32 tag 5'],
  [['interface loopback7'], 'ipv6 address 2001:db8::7/128'],
  [['interface loopback7'], 'no ip redirects'],
]

/** Types a line in its contexts. */
function typed(config: Config, parents: readonly string[], line: string): Config {
  let standings: readonly Standing[] = [{ mode: 'config', line: '', paths: [[]] }]
  let now = config
  for (const each of [...parents, line]) {
    const applied = applyLine(now, standings, each)
    if (!('config' in applied)) throw new Error(`${each}: ${JSON.stringify(applied)}`)
    now = applied.config
    if (applied.enter) standings = [...standings, applied.enter]
  }
  return now
}

const opposite = (line: string) => (line.startsWith('no ') ? line.slice(3) : `no ${line}`)

test('any lines, taken back in reverse order, leave the configuration as it was', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...lines]), chosen => {
      const done = chosen.reduce((config, [parents, line]) => typed(config, parents, line), start)
      const undone = chosen
        .toReversed()
        .reduce((config, [parents, line]) => typed(config, parents, opposite(line)), done)
      assert.is(printConfig(undone), printConfig(start))
    }),
    { numRuns: 60 },
  )
})

test('the order of typing does not show in what is kept', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...lines], { minLength: lines.length }), chosen => {
      const one = lines.reduce((config, [parents, line]) => typed(config, parents, line), start)
      const other = chosen.reduce((config, [parents, line]) => typed(config, parents, line), start)
      assert.is(printConfig(other), printConfig(one))
    }),
    { numRuns: 40 },
  )
})

test.run()
