import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resultsOf, tryRun } from '../try.ts'

const test = suite('run/lockstep')
const hosts = 'leaf1 ansible_connection=local\nleaf2 ansible_connection=local\n'
const play = (tasks: string, more = '') =>
  `- name: p\n  hosts: all\n  gather_facts: false\n${more}  tasks:\n${tasks.replace(/^/gm, '    ')}\n`

test('a task is done on all hosts before the next one', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': play('- {name: a, debug: }\n- {name: b, debug: }') })
  assert.equal(resultsOf(tried), ['leaf1 a ok', 'leaf2 a ok', 'leaf1 b ok', 'leaf2 b ok'])
})

test('the hosts of a task are worked on forks at a time', async () => {
  const many = Array.from({ length: 6 }, (_, at) => `h${at} ansible_connection=local`).join('\n')
  const meet = 'd=$(mktemp -d {{ playbook_dir }}/in.XXXX); sleep 0.2; ls -d {{ playbook_dir }}/in.* | wc -l; rmdir $d'
  const text = play(`- shell: ${meet}\n  register: seen\n- debug: {var: seen.stdout}`)
  const tried = await tryRun({ 'hosts.ini': many, 'playbook.yml': text }, { forks: 2 })
  const counts = tried.events.flatMap(event =>
    event.event === 'host-result' && event.action === 'debug' ? [Number(event.msg)] : [],
  )
  assert.is(counts.length, 6)
  assert.ok(Math.max(...counts) <= 2, `met ${counts}`)
})

test('a failed host leaves, and the next command retries just it', async () => {
  const text = play("- {name: breaks, fail: {msg: no}, when: inventory_hostname == 'leaf1'}\n- {name: after, debug: }")
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text })
  assert.equal(resultsOf(tried), ['leaf1 breaks failed', 'leaf2 breaks skipped', 'leaf2 after ok'])
  assert.is(tried.exit, 1)
  assert.is(tried.next, 'weft run playbook.yml -i hosts.ini --limit leaf1')
})

test('no_log hides the message, the failure and the value it kept', async () => {
  const text = play('- {name: s, set_fact: {key: canary-value}, no_log: true}\n- {name: f, fail: {msg: "{{ key }}"}}')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text })
  assert.not.match(JSON.stringify(tried.events), /canary-value/)
})

test('a playbook with a mistake touches nothing, and says where', async () => {
  const text = play('- {name: a, copy: {content: x, dest: "{{ playbook_dir }}/made"}}\n- {name: b, debgu: {msg: x}}')
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text })
  assert.is(tried.exit, 4)
  assert.equal(resultsOf(tried), [])
  assert.match(tried.failure?.message ?? '', /playbook\.yml:6:\d+: .*debgu.*Did you mean "debug"/s)
})

test('a limit that leaves no hosts is an error, not a success', async () => {
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': play('- debug:') }, { limit: 'leaf9' })
  assert.is(tried.exit, 4)
})

test('a host on a machine that cannot be reached is unreachable', async () => {
  const text = play('- {name: there, command: uptime}')
  const tried = await tryRun({ 'hosts.ini': 'far ansible_host=127.0.0.1 ansible_port=1\n', 'playbook.yml': text })
  assert.is(tried.exit, 3)
  assert.equal(resultsOf(tried), ['far there unreachable'])
})

test('the second Ctrl-C breaks off what runs, and says that its effect is unknown', async () => {
  const [stop, abort] = [new AbortController(), new AbortController()]
  setTimeout(() => {
    stop.abort()
    abort.abort()
  }, 300)
  const started = performance.now()
  const tried = await tryRun(
    { 'hosts.ini': hosts, 'playbook.yml': play('- {name: long, command: sleep 20}\n- {name: after, debug: }') },
    { stop: stop.signal, abort: abort.signal, limit: 'leaf1' },
  )
  assert.ok(performance.now() - started < 5000)
  assert.equal(resultsOf(tried), ['leaf1 long failed'])
  const [result] = tried.events.filter(event => event.event === 'host-result')
  assert.is(result?.event === 'host-result' && result.failure?.code, 'interrupted')
  assert.match(tried.failure?.message ?? '', /unknown/)
  assert.is(tried.exit, 1)
})

test.run()
