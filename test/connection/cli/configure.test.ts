import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { AT_TOP, configure, type Send } from '../../../src/connection/cli/configure.ts'
import type { CliLine } from '../../../src/model/nxos.ts'

/** A switch that knows modes and nothing else: `modes` says what a line opens, `refuses` what it says to a line. */
function played(modes: Readonly<Record<string, string>>, refuses: Readonly<Record<string, string>> = {}) {
  const batches: string[][] = []
  const open = ['config']
  const send: Send = async lines => {
    batches.push([...lines])
    const answers = lines.map(line => {
      const output = refuses[line] === undefined ? [] : [refuses[line]]
      if (line === 'exit') open.pop()
      else if (modes[line] && output.length === 0) open.push(modes[line])
      return { line, output, prompt: { host: 'leaf-a', mode: open.at(-1) ?? 'exec' } }
    })
    return { answers, failure: null }
  }
  return { send, batches }
}

const at = (path: string, line: string): CliLine => ({ parents: path === '' ? [] : path.split('/'), line })
const BGP = {
  'router bgp 1': 'config-router',
  'vrf a': 'config-router-vrf',
  'neighbor 192.0.2.1': 'config-router-vrf-neighbor',
  'neighbor 192.0.2.2': 'config-router-vrf-neighbor',
  'address-family ipv4 unicast': 'config-router-vrf-neighbor-af',
  'vlan 10': 'config-vlan',
}

test('lines of a context go out with the way to the next one, and each context is a round trip', async () => {
  const { send, batches } = played(BGP)
  const done = await configure(send, AT_TOP, [
    at('router bgp 1/vrf a/neighbor 192.0.2.1', 'remote-as 1'),
    at('router bgp 1/vrf a/neighbor 192.0.2.1', 'description x'),
    at('router bgp 1/vrf a/neighbor 192.0.2.1/address-family ipv4 unicast', 'as-override'),
    at('router bgp 1/vrf a/neighbor 192.0.2.2', 'remote-as 2'),
    at('', 'feature lldp'),
  ])
  assert.is(done.acknowledged, 5)
  assert.equal(batches, [
    ['router bgp 1'],
    ['vrf a'],
    ['neighbor 192.0.2.1'],
    ['remote-as 1', 'description x', 'address-family ipv4 unicast'],
    ['as-override', 'exit', 'exit', 'neighbor 192.0.2.2'],
    ['remote-as 2', 'exit', 'exit', 'exit', 'feature lldp'],
  ])
  assert.equal(done.standing, AT_TOP)
})

test('a session goes on where it stands', async () => {
  const { send, batches } = played(BGP)
  const first = await configure(send, AT_TOP, [at('router bgp 1/vrf a', 'router-id 1.1.1.1')])
  await configure(send, first.standing, [at('router bgp 1/vrf a', 'local-as 2'), at('vlan 10', 'name x')])
  assert.equal(batches.slice(2), [['router-id 1.1.1.1'], ['local-as 2', 'exit', 'exit', 'vlan 10'], ['name x']])
})

test('a line that is there to create a context opens it, and is not typed again for what is inside', async () => {
  const { send, batches } = played(BGP)
  await configure(send, AT_TOP, [at('', 'vlan 10'), at('vlan 10', 'name x')])
  assert.equal(batches, [['vlan 10'], ['name x']])
})

test('a refused context stops before anything that was meant for its inside', async () => {
  const { send, batches } = played(BGP, { 'neighbor 192.0.2.1': '% Invalid ip address' })
  const done = await configure(send, AT_TOP, [
    at('router bgp 1/vrf a', 'router-id 1.1.1.1'),
    at('router bgp 1/vrf a/neighbor 192.0.2.1', 'shutdown'),
  ])
  assert.equal(done.refused, {
    said: '% Invalid ip address',
    line: 'neighbor 192.0.2.1',
    context: ['router bgp 1', 'vrf a'],
  })
  assert.is(done.acknowledged, 1)
  assert.not(batches.flat().includes('shutdown'))
})

test('a context that does not open is refused although the switch says nothing', async () => {
  const { neighbor: _, ...silent } = { ...BGP, neighbor: '', 'neighbor 192.0.2.1': '' }
  const { send, batches } = played(silent)
  const done = await configure(send, AT_TOP, [at('router bgp 1/vrf a/neighbor 192.0.2.1', 'shutdown')])
  assert.match(done.refused?.said ?? '', /prompt shows \(config-router-vrf\)/)
  assert.not(batches.flat().includes('shutdown'))
})

test('a line that opens a context nobody knew of ends the write: what follows would land inside it', async () => {
  const { send } = played({ 'strange thing': 'config-strange' })
  const done = await configure(send, AT_TOP, [at('', 'strange thing'), at('', 'shutdown')])
  assert.is(done.refused?.line, 'strange thing')
  assert.match(done.refused?.said ?? '', /config-strange.*where \(config\) was due/)
})

test('the first refused line counts, not the second', async () => {
  const { send } = played(BGP, { 'name x': '% Invalid', 'name y': '% Other' })
  const done = await configure(send, AT_TOP, [at('vlan 10', 'name x'), at('vlan 10', 'name y')])
  assert.is(done.refused?.line, 'name x')
  assert.is(done.acknowledged, 0)
})

test.run()
