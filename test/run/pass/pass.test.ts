import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newFabric } from '../line-device.ts'
import { resultsOf, tryRun } from '../try.ts'

const test = suite('run/pass')

const hosts = 'leaf1 ansible_network_os=nxos\nleaf2 ansible_network_os=nxos\n'
const play = (tasks: string) => `- name: fabric\n  hosts: all\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`
const three = play(`- {name: a, keep_line: {line: a}}
- {name: b, keep_line: {line: b}}
- {name: c, keep_line: {line: c}}`)

test('what several tasks write to a device goes out together, host by host', async () => {
  const fabric = newFabric()
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric, forks: 1 })
  assert.is(tried.exit, 0)
  assert.equal(fabric.log, [
    ...['leaf1 open', 'leaf1 read', 'leaf1 write a | b | c', 'leaf1 finish', 'leaf1 close'],
    ...['leaf2 open', 'leaf2 read', 'leaf2 write a | b | c', 'leaf2 finish', 'leaf2 close'],
  ])
  assert.equal(tried.hosts.leaf1, { ok: 3, changed: 3, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 })
})

test('a second run changes nothing and writes nothing', async () => {
  const fabric = newFabric()
  await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric })
  fabric.log.length = 0
  const again = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric })
  assert.is(again.hosts.leaf2?.changed, 0)
  assert.not.match(fabric.log.join(), /write/)
})

test('a plan writes nothing, does not save, and says by its exit code that there are changes', async () => {
  const fabric = newFabric()
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric, mode: 'plan' })
  assert.is(tried.exit, 2)
  assert.not.match(fabric.log.join(), /write|finish/)
  assert.is(tried.hosts.leaf1?.changed, 3)
})

test('in a plan a later task sees what an earlier one would have made', async () => {
  const twice = play('- {name: a, keep_line: {line: a}}\n- {name: again, keep_line: {line: a}}')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': twice }, { mode: 'plan' })
  assert.equal(
    resultsOf(tried).filter(line => line.startsWith('leaf1')),
    ['leaf1 a changed', 'leaf1 again ok'],
  )
})

test('a refused task fails its host at that task, and later ones did not happen', async () => {
  const fabric = newFabric()
  fabric.refused.add('b')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric, limit: 'leaf1' })
  assert.equal(resultsOf(tried), ['leaf1 a changed', 'leaf1 b failed'])
  assert.equal([...(fabric.lines.get('leaf1') ?? [])], ['a'])
  assert.is(tried.exit, 1)
  const failed = tried.events.find(event => event.event === 'host-result' && event.status === 'failed')
  assert.is(failed?.event === 'host-result' && failed.failure?.at?.line, 5)
  assert.match(tried.next ?? '', /weft run playbook.yml .*--limit leaf1/)
})

test('a rescue runs when a buffered write is refused, before anything after the block', async () => {
  const fabric = newFabric()
  fabric.refused.add('b')
  const guarded = play(`- block:
    - {name: a, keep_line: {line: a}}
    - {name: b, keep_line: {line: b}}
  rescue:
    - {name: r, keep_line: {line: r}}
- {name: c, keep_line: {line: c}}`)
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': guarded }, { fabric, limit: 'leaf1' })
  assert.equal(resultsOf(tried), ['leaf1 a changed', 'leaf1 b rescued', 'leaf1 r changed', 'leaf1 c changed'])
  assert.is(tried.exit, 0)
  assert.ok(fabric.log.includes('leaf1 write a | b'))
})

test('a registered result is believed until the write says otherwise', async () => {
  const fabric = newFabric()
  fabric.refused.add('a')
  const asking = play(`- {name: a, keep_line: {line: a}, register: first, ignore_errors: true}
- {name: b, keep_line: {line: b}, when: first is changed}
- {name: c, keep_line: {line: c}, when: first is failed}`)
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': asking }, { fabric, limit: 'leaf1' })
  assert.equal(resultsOf(tried), ['leaf1 a ignored', 'leaf1 b skipped', 'leaf1 c changed'])
})

test('an unreachable host leaves, the others go on, and the exit code says so', async () => {
  const fabric = newFabric()
  fabric.down.add('leaf1')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': three }, { fabric })
  assert.is(tried.hosts.leaf1?.unreachable, 1)
  assert.is(tried.hosts.leaf2?.changed, 3)
  assert.is(tried.exit, 3)
})

test('handlers are notified by what was really written', async () => {
  const fabric = newFabric()
  fabric.refused.add('b')
  const text = `- hosts: all
  tasks:
    - {name: a, keep_line: {line: a}, notify: tell}
    - {name: b, keep_line: {line: b}, notify: other, ignore_errors: true}
  handlers:
    - {name: tell, debug: {msg: told}}
    - {name: other, debug: {msg: never}}
`
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text }, { fabric, limit: 'leaf1' })
  assert.equal(resultsOf(tried), ['leaf1 a changed', 'leaf1 b ignored', 'leaf1 tell ok'])
})

test('a change that does not settle fails with the reason, after what was pending before it', async () => {
  const fabric = newFabric()
  const text = play(
    '- {name: a, keep_line: {line: a}}\n- {name: s, settle_line: {line: s, password: "0.3"}}\n- {name: c, keep_line: {line: c}}',
  )
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text }, { fabric, limit: 'leaf1' })
  assert.equal(resultsOf(tried), ['leaf1 a changed', 'leaf1 s failed'])
  assert.equal(
    fabric.log.filter(entry => entry.includes('write')),
    ['leaf1 write a', 'leaf1 write s'],
  )
  const failed = tried.events.findLast(event => event.event === 'host-result')
  assert.is(failed?.event === 'host-result' && failed.failure?.code, 'timeout')
  assert.match(JSON.stringify(failed), /did not settle within 0.3 s: s is down.*still there/)
})

test('a module that need not wait is written with the others', async () => {
  const fabric = newFabric()
  const text = play('- {name: a, keep_line: {line: a}}\n- {name: s, settle_line: {line: s, password: "0"}}')
  await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text }, { fabric, limit: 'leaf1' })
  assert.ok(fabric.log.includes('leaf1 write a | s'))
})

test('no event holds a secret, wherever it came from', async () => {
  const secret = 'hunter2-canary'
  const text = play(`- {name: a, keep_line: {line: "password {{ peer_password }}"}}
- {name: said, debug: {msg: "{{ peer_password | b64encode }} {{ [peer_password] | to_json }}"}}
- {name: b, fail: {msg: "no {{ peer_password }}"}}`)
  const tried = await tryRun({
    'hosts.ini': hosts,
    'group_vars/all.yml': `peer_password: "${secret}"\n`,
    'playbook.yml': text,
  })
  const told = JSON.stringify(tried.events)
  assert.not.match(told, new RegExp(`${secret}|${Buffer.from(secret).toString('base64')}`))
  assert.match(told, /\*{8}/)
})

test('Ctrl-C ends the run after the running step and says so', async () => {
  const stop = new AbortController()
  const fabric = newFabric()
  const text = play('- {name: one, debug: {msg: 1}}\n- {name: two, debug: {msg: 2}}')
  const tried = await tryRun(
    { 'hosts.ini': hosts, 'playbook.yml': text },
    { fabric, stop: stop.signal, onEvent: event => event.event === 'host-result' && stop.abort() },
  )
  assert.equal(resultsOf(tried), ['leaf1 one ok', 'leaf2 one ok'])
  assert.is(tried.exit, 1)
  assert.is(tried.failure?.code, 'interrupted')
})

test('after a lost connection that is ignored, each task that follows is done once', async () => {
  const fabric = newFabric()
  fabric.lost.add('b')
  const playbook = `- hosts: leaf1
  ignore_unreachable: true
  tasks:
    - {name: a, keep_line: {line: a}}
    - {name: b, keep_line: {line: b}}
    - {name: c, keep_line: {line: c}}
    - {name: asks, nxos_command: {commands: show x}}
    - {name: d, keep_line: {line: d}}
`
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook }, { fabric })
  assert.equal(resultsOf(tried), [
    'leaf1 a changed',
    'leaf1 b ignored',
    'leaf1 c changed',
    'leaf1 asks ok',
    'leaf1 d changed',
  ])
})

test.run()
