import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newFabric } from './line-device.ts'
import { resultsOf, tryRun } from './try.ts'

const test = suite('run/plan')

const hosts = 'leaf1 ansible_network_os=nxos\nleaf2 ansible_network_os=nxos\n'
const two = `- name: first
  hosts: all
  any_errors_fatal: true
  tasks:
    - {name: a, keep_line: {line: a}}
    - {name: stops, fail: {msg: no}, when: inventory_hostname == 'leaf1'}
    - {name: b, keep_line: {line: b}}
- name: second
  hosts: all
  tasks:
    - {name: c, keep_line: {line: c}}
`
const changed = (lines: string[]) => lines.filter(line => line.endsWith('changed'))

test('a plan in which one host fails shows what the others and later plays would do', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': two }, { mode: 'plan' })
  assert.is(tried.exit, 1)
  assert.equal(changed(resultsOf(tried)).sort(), [
    'leaf1 a changed',
    'leaf2 a changed',
    'leaf2 b changed',
    'leaf2 c changed',
  ])
})

test('a run ends there', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': two })
  assert.is(tried.exit, 1)
  assert.equal(changed(resultsOf(tried)).sort(), ['leaf1 a changed', 'leaf2 a changed'])
})

test('a plan goes on when a play loses all its hosts', async () => {
  const playbook = `- hosts: leaf1
  tasks: [{fail: {msg: no}}]
- hosts: leaf2
  tasks: [{name: c, keep_line: {line: c}}]
`
  const plan = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook }, { mode: 'plan' })
  assert.equal(changed(resultsOf(plan)), ['leaf2 c changed'])
  const run = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook })
  assert.equal(changed(resultsOf(run)), [])
})

for (const mode of ['plan', 'run'] as const) {
  test(`in a ${mode}, what a task with check_mode: true only tries is not there for later tasks`, async () => {
    const fabric = newFabric()
    const playbook = `- hosts: leaf1
  tasks:
    - {name: tries, keep_line: {line: a}, check_mode: true}
    - {name: makes, keep_line: {line: a}}
`
    const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook }, { fabric, mode })
    assert.equal(resultsOf(tried), ['leaf1 tries changed', 'leaf1 makes changed'])
    assert.equal([...(fabric.lines.get('leaf1') ?? [])], mode === 'run' ? ['a'] : [])
  })
}

test('more failed hosts than fit on a line are retried from a file', async () => {
  const many = Array.from({ length: 25 }, (_, at) => `h${at}`)
  const playbook = '- hosts: all\n  connection: local\n  gather_facts: false\n  tasks: [{fail: {msg: no}}]\n'
  const tried = await tryRun({ 'hosts.ini': `${many.join('\n')}\n`, 'playbook.yml': playbook })
  const file = /--limit @(\S+)/.exec(tried.next ?? '')?.[1] ?? ''
  assert.match(file, /^\.weft\/retry\/.*\.hosts$/)
  const again = await tryRun(
    { 'hosts.ini': `${many.join('\n')}\nanother\n`, 'playbook.yml': playbook },
    { limit: `@${join(tried.folder, file)}` },
  )
  assert.equal(Object.keys(again.hosts).sort(), many.toSorted())
  assert.equal(readFileSync(join(tried.folder, file), 'utf8').trim().split('\n').sort(), many.toSorted())
})

test('a --start-at-task that no task is called runs nothing, and says so with the nearest name', async () => {
  const fabric = newFabric()
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': two }, { fabric, startAtTask: 'stop' })
  const [warning] = tried.events.flatMap(event => (event.event === 'warning' ? [event.text] : []))
  assert.match(warning ?? '', 'no task is called \'stop\', so none will run. Did you mean "stops"?')
  assert.equal(resultsOf(tried), [])
  assert.equal(fabric.log, [])
})

test('--start-at-task takes a pattern', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': two }, { mode: 'plan', startAtTask: 'c*' })
  assert.equal(resultsOf(tried).sort(), ['leaf1 c changed', 'leaf2 c changed'])
})

test('a tag that no task carries is warned about', async () => {
  const playbook = '- hosts: all\n  tasks: [{name: a, keep_line: {line: a}, tags: [bgp]}]\n'
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook }, { mode: 'plan', tags: ['bpg', 'all'] })
  const warnings = tried.events.flatMap(event => (event.event === 'warning' ? [event.text] : []))
  assert.equal(warnings, ['No task carries the tag \'bpg\'. Did you mean "bgp"?'])
})

test('what ends a run before it starts still says whether it was a plan', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': '- hosts: [' }, { mode: 'plan' })
  assert.is(tried.exit, 1)
  assert.equal(
    tried.events.map(event => event.event),
    ['run-started', 'run-finished'],
  )
})

test('an include that includes itself without end is stopped; one that ends is not', async () => {
  const playbook = '- hosts: localhost\n  tasks: [{include_tasks: more.yml}]\n'
  const endless = { 'more.yml': '- include_tasks: more.yml\n' }
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook, ...endless })
  assert.is(tried.exit, 1)
  const failed = tried.events.find(event => event.event === 'host-result' && event.failure)
  assert.match(failed?.event === 'host-result' ? (failed.failure?.message ?? '') : '', 'more.yml includes itself')
  const ends = {
    'more.yml': '- set_fact: {n: "{{ n | default(0) | int + 1 }}"}\n- {include_tasks: more.yml, when: n | int < 5}\n',
  }
  assert.is((await tryRun({ 'hosts.ini': hosts, 'playbook.yml': playbook, ...ends })).exit, 0)
})

test.run()
