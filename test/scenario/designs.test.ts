import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { weft } from '../support/weft.ts'
import { suiteWithKubectl } from '../support/where.ts'

const folder = mkdtempSync(join(tmpdir(), 'weft-designs-'))

await suiteWithKubectl('the two designs against the lab', async test => {
  const log: string[] = []
  let estate: Estate
  test.before(async () => {
    estate = await startEstate({ folder, latencyMs: 0, firstPort: 0, log: line => log.push(line) })
  })
  test.after(async () => {
    await estate.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const site = (mode: 'plan' | 'run', ...more: string[]) =>
    weft([mode, 'playbooks/site.yml', '-i', 'inventory', '-i', estate.inventory, ...more])
  const eventsOf = (text: string) =>
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as RunEvent)
  /** The states of all BGP sessions between leaves and nodes, both ends. */
  const sessionStates = () =>
    estate.fabric
      .sessions()
      .filter(({ device, remote }) => /^(leaf|apic)/.test(device) && !remote.startsWith('10.2.'))
      .map(({ state }) => state)

  test('a plan of the empty fabric says that there are changes, and makes none', async () => {
    const { code, out } = await site('plan', '--output', 'json')
    assert.is(code, 2)
    const results = eventsOf(out).filter(event => event.event === 'host-result')
    assert.is(new Set(results.map(({ host }) => host)).size, 7)
    const isOptional = ({ at }: { at: { file: string } }) =>
      /aggregates|loopback_colour|more_ext|contracts/.test(at.file)
    assert.equal([...new Set(results.filter(result => !isOptional(result)).map(({ status }) => status))], ['changed'])
    assert.equal([...new Set(results.filter(isOptional).map(({ status }) => status))], ['skipped'])
    assert.equal(sessionStates(), [])
    assert.is(estate.apic.counters.posts, 0)
    assert.not.ok(estate.switches.some(leaf => leaf.runningText().includes('vrf-001')))
  })

  test('the run brings every session up: 6 nodes x 2 leaves x 2 families, on both designs', async () => {
    const { code, out, err } = await site('run')
    assert.is(code, 0, out + err)
    const states = sessionStates()
    assert.is(states.length, 48)
    assert.equal([...new Set(states)], ['Established'])
  })

  test('the leaf then knows the pod block of each node of its rack, and the /32 of the exposed service', () => {
    const prefixes = (device: string) => estate.fabric.routes(device, 'vrf-001').map(({ prefix }) => prefix)
    for (const block of ['10.244.1.0/26', '10.244.2.0/26', '10.244.3.0/26', '198.51.100.10/32']) {
      assert.ok(prefixes('leaf-101').includes(block), `${block} in ${prefixes('leaf-101')}`)
    }
  })

  test('everything is saved: the start configuration of each switch is what runs, and no checkpoint is left', () => {
    for (const leaf of estate.switches) {
      const body = (text: string) =>
        text
          .split('\n')
          .filter(line => !line.startsWith('!'))
          .join('\n')
      assert.is(body(leaf.startupText()), body(leaf.runningText()), leaf.name)
      assert.equal(leaf.checkpoints(), [])
    }
  })

  test('the second plan is empty', async () => {
    const { code, out } = await site('plan')
    assert.is(code, 0, out)
    assert.match(out, 'Plan: nothing to do, everything is in sync.')
  })

  test('what is optional is accepted too, keeps every session up, and its second plan is empty', async () => {
    const more = JSON.stringify({
      aggregates: { ipv4: ['10.244.0.0/16'], ipv6: ['2001:db8:244::/48'] },
      pair_colours: { 1: '65102:9001', 2: '65102:9002' },
      external_epgs: [{ name: 'frontend', subnets: ['198.51.100.130/32'], provided: ['green-k8s'] }],
      contracts: { consumed: ['green-k8s'] },
    })
    const { code, out, err } = await site('run', '-e', more)
    assert.is(code, 0, out + err)
    const [leaf] = estate.switches
    for (const line of ['summary-only', 'set extcommunity rt 65102:9001', 'route-target import 65102:9001 evpn']) {
      assert.ok(leaf?.runningText().includes(line), line)
    }
    assert.equal([...new Set(sessionStates())], ['Established'])
    const again = await site('plan', '-e', more)
    assert.is(again.code, 0, again.out)
  })

  test('a wrong AS in one place is a session that stays Idle and says why', async () => {
    const { code } = await weft([...['run', 'test/scenario/wrong-as.yml', '-i', 'inventory', '-i', estate.inventory]])
    assert.is(code, 0)
    assert.is(sessionStates().filter(state => state !== 'Established').length, 6)
    assert.ok(
      log.some(line => /leaf-101 .*Idle: leaf-101 expects AS 65530, blue\/blue-1 says 65531/.test(line)),
      log.slice(-3).join('\n'),
    )
    assert.is((await site('run', '--limit', 'leaf-101')).code, 0)
    assert.equal([...new Set(sessionStates())], ['Established'])
  })
})
