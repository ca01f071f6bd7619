import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newFabric } from '../line-device.ts'
import { resultsOf, tryRun } from '../try.ts'

const test = suite('run/meta')

const hosts = 'leaf1 ansible_network_os=nxos\nleaf2 ansible_network_os=nxos\n'
const play = (tasks: string, of = 'all') =>
  `- hosts: ${of}\n  gather_facts: false\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`
const warningsOf = (tried: Awaited<ReturnType<typeof tryRun>>) =>
  tried.events.flatMap(event => (event.event === 'warning' ? [event.text] : []))

test('reset_connection logs in anew, keeps what is not saved yet, and says so', async () => {
  const fabric = newFabric()
  const text = play('- {name: a, keep_line: {line: a}}\n- meta: reset_connection\n- {name: b, keep_line: {line: b}}')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text }, { fabric, limit: 'leaf1' })
  assert.equal(fabric.log, [
    ...['leaf1 open', 'leaf1 read', 'leaf1 write a', 'leaf1 reconnect'],
    ...['leaf1 write b', 'leaf1 finish', 'leaf1 close'],
  ])
  assert.match(
    warningsOf(tried).join(),
    /^playbook\.yml:5:\d+: the connection is reset while changes on nxos:leaf1 are not saved/,
  )
})

test('reset_connection of some hosts leaves the others alone, and in a plan what was planned is still known', async () => {
  const fabric = newFabric()
  const text = play(`- {name: a, keep_line: {line: a}}
- {meta: reset_connection, when: inventory_hostname == 'leaf2'}
- {name: again, keep_line: {line: a}}`)
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text }, { fabric, mode: 'plan' })
  assert.equal(
    fabric.log.filter(entry => entry.endsWith('reconnect')),
    ['leaf2 reconnect'],
  )
  assert.ok(resultsOf(tried).includes('leaf2 again ok'))
  assert.equal(warningsOf(tried), [])
})

/** A run in whose middle the inventory becomes another; the tasks before and after the refresh. */
async function refreshing(inventory: string, plays: string) {
  let folder = ''
  return tryRun(
    { 'hosts.ini': hosts, 'playbook.yml': plays, 'group_vars/all.yml': 'old: "{{ 1 + 1 }}"\n' },
    {
      onEvent: event => {
        if (event.event !== 'host-result' || event.task !== 'before') return
        folder = String(event.msg)
        writeFileSync(join(folder, 'hosts.ini'), inventory)
      },
    },
  )
}

const before = '- {name: before, debug: {msg: "{{ playbook_dir }}"}}\n'

test('refresh_inventory: later plays see new hosts, the running play keeps its own and what add_host made', async () => {
  const made =
    '- {name: grows, add_host: {name: leaf9, groups: made}}\n- {name: groups, group_by: {key: "of_{{ inventory_hostname }}"}}\n'
  const plays = `${play(`${before}${made}- meta: refresh_inventory\n- {name: after, debug: {msg: "{{ old }}"}}`)}${play('- {name: seen, debug: {msg: "{{ groups.made }} {{ groups.of_leaf1 }} {{ old }}"}}', 'all')}`
  const tried = await refreshing('leaf1 ansible_network_os=nxos\nleaf3 ansible_network_os=nxos\n', plays)
  assert.is(tried.exit, 0)
  const results = resultsOf(tried)
  assert.equal(
    results.filter(each => each.includes(' after ')),
    ['leaf1 after ok', 'leaf2 after ok'],
  )
  assert.equal(
    results
      .filter(each => each.includes(' seen '))
      .map(each => each.split(' ')[0])
      .toSorted(),
    ['leaf1', 'leaf2', 'leaf3', 'leaf9'],
  )
  const said = tried.events.flatMap(event =>
    event.event === 'host-result' && event.task === 'seen' ? [event.msg] : [],
  )
  assert.is(said[0], "['leaf9'] ['leaf1'] 2")
})

test('refresh_inventory: values that are new are data, those that were there stay templates', async () => {
  const after = '- meta: refresh_inventory\n- {name: after, debug: {msg: "{{ fresh }} {{ old }}"}}'
  const tried = await refreshing(`leaf1 fresh="{{ lookup('pipe', 'id') }}"\n`, play(before + after, 'leaf1'))
  const said = tried.events.find(event => event.event === 'host-result' && event.task === 'after')
  assert.is(said?.event === 'host-result' && said.msg, "{{ lookup('pipe', 'id') }} 2")
})

test('refresh_inventory: one that cannot be read fails its hosts with its place, and the old one stays', async () => {
  const after =
    '- {name: refresh, meta: refresh_inventory, ignore_errors: true}\n- {name: after, debug: {msg: "{{ old }}"}}'
  const tried = await refreshing('[leaf:vars\n', play(before + after))
  assert.equal(resultsOf(tried).slice(2), [
    'leaf1 refresh ignored',
    'leaf2 refresh ignored',
    'leaf1 after ok',
    'leaf2 after ok',
  ])
  const failed = tried.events.find(event => event.event === 'host-result' && event.task === 'refresh')
  assert.ok(failed?.event === 'host-result' && /hosts\.ini/.test(JSON.stringify(failed.failure)))
})

test('a meta that is a template is refused with its place and what there is', async () => {
  const tried = await tryRun({
    'hosts.ini': hosts,
    'playbook.yml': play('- {name: m, meta: "{{ what }}"}\n- {name: after, debug: }'),
  })
  const told = JSON.stringify([tried.failure, tried.events])
  assert.match(told, /meta has no action '\{\{ what \}\}'/)
  assert.not.match(resultsOf(tried).join(), /after/)
})

test('clear_host_errors brings back the hosts of its play only, for later plays', async () => {
  const breaks = (host: string) => `- {name: breaks, fail: {msg: no}, when: inventory_hostname == '${host}'}\n`
  const plays = `${play(breaks('leaf3'), 'leaf3,leaf1')}${play(`${breaks('leaf2')}- meta: clear_host_errors`, 'leaf1,leaf2')}${play('- {name: last, debug: }')}`
  const tried = await tryRun({ 'hosts.ini': 'leaf1\nleaf2\nleaf3\n', 'playbook.yml': plays })
  assert.equal(resultsOf(tried).slice(-2), ['leaf1 last ok', 'leaf2 last ok'])
})

test.run()
