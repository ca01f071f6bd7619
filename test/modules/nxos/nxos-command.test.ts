import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import type { Kind, Read } from '../../../src/model/kind.ts'
import type { ActionContext, ActionModule } from '../../../src/model/module.ts'
import type { NxosCommand } from '../../../src/model/nxos.ts'
import { readConditional } from '../../../src/modules/nxos/conditional.ts'
import { nxosCommand } from '../../../src/modules/nxos/nxos-command.ts'
import { nxosFacts } from '../../../src/modules/nxos/nxos-facts.ts'
import { failureOf } from '../../support/failure.ts'
import { closeAll, device, leaf } from '../../support/nxos.ts'

test.after(closeAll)

function contextOf(open: Device<'nxos'>, check = false): ActionContext {
  const unused = () => {
    throw new Error('not asked for in this test')
  }
  return {
    host: 'leaf-a',
    variables: {},
    check,
    diff: false,
    findFile: unused,
    broken: unused,
    evaluate: unused,
    renderFile: unused,
    untrustedIn: unused,
    parse: unused,
    environment: {},
    read: async <K extends Kind>() => open.read as unknown as Read<K>,
    door: async wish => {
      const work = { id: 't', title: wish.title, differences: [], commands: wish.commands as readonly NxosCommand[] }
      return check ? { state: 'shut' } : ((await open.write([work]))[0] ?? { state: 'unsent' })
    },
    signal: new AbortController().signal,
  }
}

const act = async (module: ActionModule<never>, open: Device<'nxos'>, given: unknown, check = false) =>
  module.run(contextOf(open, check), module.args.parse(given) as never)
const command = (open: Device<'nxos'>, given: unknown, check = false) =>
  act(nxosCommand as unknown as ActionModule<never>, open, given, check)

test('text and json answers are returned as cisco.nxos returns them', async () => {
  const { endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const { values = {}, changed } = await command(open, {
    commands: ['show clock', { command: 'show version', output: 'json' }],
  })
  assert.is(changed, false)
  const [clock, version] = values.stdout as [string, Record<string, string>]
  assert.match(clock, /\d\d:\d\d/)
  assert.is(version.host_name, 'leaf-a')
  assert.equal((values.stdout_lines as unknown[])[0], clock.split('\n'))
  assert.is((values.stdout_lines as unknown[])[1], version)
})

test('the configuration mode is refused, in a run as well', async () => {
  const { endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  for (const line of ['configure terminal', 'conf t']) {
    const failure = await failureOf(command(open, { commands: line }))
    assert.is(failure.code, 'unsafe')
    assert.match(failure.remedy ?? '', 'nxos_config')
  }
})

test('wait_for polls until the conditions hold, and fails with what was said', async () => {
  const { endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const met = await command(open, { commands: 'show version | json', wait_for: 'result[0].host_name eq leaf-a' })
  assert.is(met.failure, undefined)
  const never = {
    commands: 'show clock',
    wait_for: ['result[0] contains nothing', 'result[0] contains :'],
    retries: 1,
    interval: 0.01,
  }
  const unmet = await command(open, never)
  assert.is(unmet.failure?.code, 'failed')
  assert.equal(unmet.values?.failed_conditions, ['result[0] contains nothing'])
  assert.is((await command(open, { ...never, match: 'any' })).failure, undefined)
})

test('a plan asks read-only commands once, without waiting, and types no other', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const waited = await command(
    open,
    { commands: 'show clock', wait_for: 'result[0] contains nothing', interval: 60 },
    true,
  )
  assert.is(waited.failure, undefined)
  const shut = await command(open, { commands: 'clear counters' }, true)
  assert.is(shut.skipped, true)
  assert.not.ok(lab.log.some(line => line.includes('clear counters')))
  assert.is((await command(open, { commands: 'clear counters' })).failure, undefined)
  assert.ok(lab.counters.commands > 0)
})

test('a refused command is a rejection, and an unknown question is declined', async () => {
  const { endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const refused = await failureOf(command(open, { commands: 'show nothing at all' }))
  assert.is(refused.code, 'rejected')
  assert.match(refused.device?.said ?? '', /Invalid command/)
  const asked = await command(open, { commands: 'reload' })
  assert.match(asked.failure?.message ?? '', /asks a question/)
})

test('conditions read paths, operators and negation; anything else is said to be wrong', () => {
  const results = [{ TABLE_vrf: { ROW_vrf: [{ name: 'a b', count: '7' }] } }, 'two words']
  const holds = (text: string) => readConditional(text).holds(results)
  assert.ok(holds('result[0].TABLE_vrf.ROW_vrf.count gt 6'))
  assert.ok(holds('result[0].TABLE_vrf.ROW_vrf[0].count <= 7'))
  assert.ok(holds('result[0].TABLE_vrf.ROW_vrf.name eq "a b"'))
  assert.ok(holds("result[0]['TABLE_vrf'].ROW_vrf.count neq 8"))
  assert.ok(holds('result[1] matches ^two\\s'))
  assert.ok(holds('not result[1] contains three'))
  assert.not(holds('result[0].TABLE_none.x eq 1'))
  assert.throws(() => readConditional('stdout contains x'), /cannot read the condition/)
})

test('facts are those of the switch; what a feature would tell is left out while it is off', async () => {
  const { endpoint } = await leaf({ model: 'C93180YC-FX', serial: 'FDO12345678' })
  const { device: open } = await device(endpoint)
  const facts = nxosFacts as unknown as ActionModule<never>
  const { values, effects } = await act(facts, open, {})
  const found = values?.ansible_facts as Record<string, unknown>
  assert.equal(effects?.facts, found)
  assert.is(found.ansible_net_hostname, 'leaf-a')
  assert.is(found.ansible_net_serialnum, 'FDO12345678')
  assert.match(String(found.ansible_net_platform), /C93180YC-FX/)
  assert.match(String(found.ansible_net_version), /^\d+\.\d+\(/)
  assert.equal(found.ansible_net_features_enabled, ['bgp', 'interface-vlan'])
  assert.ok('loopback0' in (found.ansible_net_interfaces as object))
  assert.equal(found.ansible_net_all_ipv4_addresses, ['10.0.0.1'])
  assert.not('ansible_net_vpc' in found)
  assert.not('ansible_net_config' in found)
  const least = (await act(facts, open, { gather_subset: 'min' })).values?.ansible_facts as Record<string, unknown>
  assert.not('ansible_net_interfaces' in least)
})

test.run()
