import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyCli } from '../../../src/diff/cli/apply.ts'
import { normalCli } from '../../../src/diff/cli/normal.ts'
import { readConfig } from '../../../src/diff/cli/read.ts'
import { parseCli } from '../../../src/diff/cli/tree.ts'
import { differences, inverse } from '../../../src/model/managed.ts'
import type { NxosRead } from '../../../src/model/nxos.ts'
import { nxosConfig } from '../../../src/modules/nxos/nxos-config.ts'
import { failureOf } from '../../support/failure.ts'
import { finish } from '../../support/finish.ts'
import { closeAll, device, leaf } from '../../support/nxos.ts'

test.after(closeAll)

const LIVE = `ip access-list nodes
  10 permit tcp 192.0.2.0/24 any
  20 permit udp any any
  30 deny ip any any
vlan 1,10
interface Vlan10
  no shutdown
  description a
  ip address 192.0.2.1/24
router bgp 1
  neighbor 192.0.2.9
    remote-as 2
    password 3 a667d47acc18ea6b
`

async function plan(given: Record<string, unknown>, text = LIVE, startup = text) {
  const live = normalCli(parseCli(text))
  const read: NxosRead = { running: async () => live, show: async () => startup }
  const args = nxosConfig.args.parse(given)
  const state = await nxosConfig.observe(read, args)
  const changes = differences(nxosConfig.plan(state, args))
  const again = differences(nxosConfig.plan({ running: applyCli(state.running, changes), isUnsaved: false }, args))
  const sent = nxosConfig
    .render(changes, args)
    .flatMap(command => ('line' in command ? [[...command.parents, command.line].join(' / ')] : []))
  return { changes, again, sent, result: nxosConfig.result?.(changes, args, state) ?? {} }
}
const issues = (given: Record<string, unknown>) =>
  nxosConfig.args.safeParse(given).error?.issues.map(issue => issue.message) ?? []

test('lines in their parents: only what differs is sent, contexts included in what register gets', async () => {
  const { sent, again, result } = await plan({
    parents: 'interface Vlan10',
    lines: ['description b', 'no shutdown', 'mtu 9216'],
  })
  assert.equal(sent, ['interface Vlan10 / description b', 'interface Vlan10 / mtu 9216'])
  assert.equal(again, [])
  assert.equal(result.commands, ['interface Vlan10', 'description b', 'mtu 9216'])
  assert.equal(result.updates, result.commands)
})

test('save_when: modified wants a configuration that a reload would lose nothing of, with lines or without', async () => {
  const other = LIVE.replace('description a', 'description z')
  for (const given of [{ save_when: 'modified' }, { save_when: 'always', lines: 'vlan 10' }]) {
    assert.equal((await plan(given)).changes, [])
    const { changes, sent, result } = await plan(given, LIVE, `!Command: show startup-config\n${other}`)
    assert.equal(changes.map(nxosConfig.show), [
      {
        resource: 'startup-config',
        action: 'update',
        form: 'config',
        lines: ['+copy running-config startup-config'],
      },
    ])
    assert.equal([sent, result.commands], [[], []])
    assert.equal(nxosConfig.render(inverse(changes), nxosConfig.args.parse(given)), [])
  }
  assert.equal((await plan({ lines: 'vlan 10' }, LIVE, other)).changes, [], 'who does not ask is not told')
  assert.equal(issues({ save_when: 'changed' }), ['one of lines, src is needed'])
})

test('src holds whole sections, indented; exit and end are not lines', async () => {
  const src = 'interface vlan10\n  description b\n  exit\nrouter bgp 1\n  neighbor 192.0.2.9\n    remote-as 3\nend\n'
  const { sent, again } = await plan({ src })
  assert.equal(sent, ['interface Vlan10 / description b', 'router bgp 1 / neighbor 192.0.2.9 / remote-as 3'])
  assert.equal(again, [])
})

test('src that is a name is looked up among the templates', () => {
  const files = {
    find: () => '',
    read: () => ({ path: '', text: '' }),
    template: (name: string) => ({ path: name, text: `hostname from-${name}` }),
    bytes: () => ({ path: '', files: [] }),
  }
  const resolved = nxosConfig.resolve?.(nxosConfig.args.parse({ src: 'leaf.j2' }), files)
  assert.is(resolved?.src, 'hostname from-leaf.j2\n')
})

test('a line behind a context, not inside it, is refused before anything is sent', async () => {
  const failure = await failureOf(plan({ lines: ['interface Vlan10', 'shutdown'] }))
  assert.is(failure.code, 'invalid')
  assert.match(failure.message, /'shutdown' stands behind 'interface Vlan10'/)
  const { sent } = await plan({ lines: ['vlan 11', 'vlan 12', 'interface Vlan11', 'feature bgp'] })
  assert.is(sent.length, 4)
})

test('replace: block takes away what the block does not declare, and nothing else', async () => {
  const { sent, again, changes } = await plan({
    parents: 'interface Vlan10',
    lines: ['no shutdown', 'description b'],
    replace: 'block',
  })
  assert.equal(sent, ['interface Vlan10 / no ip address 192.0.2.1/24', 'interface Vlan10 / description b'])
  assert.equal(again, [])
  assert.match(changes[0]?.disrupts ?? '', /address/)
  assert.match(issues({ lines: ['vlan 1'], replace: 'block' }).join(), /need parents/)
})

test('match: exact holds an access list to its entries and their order', async () => {
  const parents = 'ip access-list nodes'
  const all = ['permit tcp 192.0.2.0/24 any', 'permit udp any any', 'deny ip any any']
  assert.equal((await plan({ parents, lines: all, match: 'exact' })).sent, [])
  const { sent } = await plan({ parents, lines: [all[1], all[0], all[2]], match: 'strict' })
  assert.equal(sent, [
    `${parents} / no 10`,
    `${parents} / permit tcp 192.0.2.0/24 any`,
    `${parents} / no 30`,
    `${parents} / deny ip any any`,
  ])
  const fewer = await plan({ parents, lines: ['10 permit tcp 192.0.2.0/24 any'], match: 'exact' })
  assert.equal(fewer.sent, [`${parents} / no 30`, `${parents} / no 20`])
  assert.equal(fewer.again, [])
})

test('match: none sends every line', async () => {
  const { sent } = await plan({ parents: 'interface Vlan10', lines: ['no shutdown', 'description a'], match: 'none' })
  assert.is(sent.length, 2)
})

test('before and after are typed only where something differs, and are never taken back', async () => {
  const block = {
    parents: 'ip access-list nodes',
    lines: ['10 permit ip any any'],
    before: 'no ip access-list nodes',
    after: ['exit', 'vlan 99'],
  }
  const { sent, changes } = await plan(block)
  assert.equal(sent, [
    'no ip access-list nodes',
    'ip access-list nodes',
    'ip access-list nodes / 10 permit ip any any',
    'vlan 99',
  ])
  assert.ok(changes[0]?.oneWay)
  assert.equal(nxosConfig.render(inverse(changes), nxosConfig.args.parse(block)), [
    { parents: [], line: 'no ip access-list nodes' },
  ])
  assert.equal((await plan({ ...block, lines: ['10 permit tcp 192.0.2.0/24 any'] })).sent, [])
})

test('a password that cannot be compared is left alone and said so; asked for, it is sent and masked', async () => {
  const parents = ['router bgp 1', 'neighbor 192.0.2.9']
  const quiet = await plan({ parents, lines: ['password Canary-9'] })
  assert.equal(quiet.sent, [])
  assert.match(String(quiet.result.warnings), /neighbor 192.0.2.9 \/ password was not compared/)
  const { changes } = await plan({ parents, lines: ['password Canary-9'], update_password: 'always' })
  const shown = JSON.stringify(changes.map(change => nxosConfig.show(change)))
  assert.not.match(shown, /Canary-9|a667d47acc18ea6b/)
  assert.equal(nxosConfig.secrets?.(nxosConfig.args.parse({ parents, lines: ['password Canary-9'] })), ['Canary-9'])
})

test('what weft does not do is refused with its reason', () => {
  assert.match(issues({ lines: ['x'], replace: 'config' }).join(), /does not replace a whole configuration/)
  assert.match(issues({ lines: ['x'], backup: true }).join(), /writes no backup files/)
  assert.match(issues({ parents: ['x'] }).join(), /one of lines, src is needed/)
  assert.match(issues({ lines: ['x'], src: 'y' }).join(), /exclude each other/)
  assert.equal(issues({ lines: 'vlan 10,20', save_when: 'modified', backup: 'no' }), [])
})

test('against a switch: planned, written, and in sync', async () => {
  const { lab, endpoint } = await leaf()
  const { device: open } = await device(endpoint)
  const args = nxosConfig.args.parse({
    src: 'interface Vlan3001\n  no shutdown\n  vrf member vrf-001\n  ip address 192.0.2.1/24\nrouter bgp 65102\n  vrf vrf-001\n    neighbor 192.0.2.9\n      remote-as 65531\n      password Canary-9\n',
  })
  const state = await nxosConfig.observe(open.read, args)
  const changes = differences(nxosConfig.plan(state, args))
  const [outcome] = await open.write([
    { id: 't', title: 't', commands: nxosConfig.render(changes, args), differences: changes },
  ])
  assert.is(outcome?.state, 'applied')
  assert.is(await finish(open), null)
  assert.match(lab.runningText(), /password 3 [0-9a-f]+/)
  assert.equal(differences(nxosConfig.plan(await nxosConfig.observe(open.read, args), args)), [])
})

test('a plan names all that it keeps, in sync or not: lines, the contexts around them, and what must not be there', () => {
  const args = nxosConfig.args.parse({
    parents: ['interface Vlan10'],
    lines: ['no ip redirects', 'description x', 'no shutdown', 'default mtu', 'no ip address'],
    save_when: 'modified',
  })
  const state = {
    running: readConfig('interface Vlan10\n  no ip redirects\n  description y\n  no shutdown\n'),
    isUnsaved: false,
  }
  const managed = nxosConfig.plan(state, args)
  assert.equal(
    differences(managed).map(({ id }) => id),
    ['cli:interface Vlan10/description'],
  )
  assert.equal(
    managed.map(({ id, after }) => [id, after === null ? null : 'line' in after ? after.line : after.startup]),
    [
      ['cli:interface Vlan10/description', 'description x'],
      ['cli:interface Vlan10', 'interface Vlan10'],
      ['cli:interface Vlan10/ip redirects', 'no ip redirects'],
      ['cli:interface Vlan10/shutdown', 'no shutdown'],
      ['cli:interface Vlan10/mtu', null],
      ['cli:interface Vlan10/ip address', null],
      ['save:startup-config', 'saved'],
    ],
  )
  for (const each of managed.slice(1)) assert.ok(each.before === each.after)
  assert.ok(nxosConfig.plan(state, args)[1] === managed[1], 'what is in sync is found out once')
})

test.run()
