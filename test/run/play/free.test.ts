import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resultsOf, type Tried, tryRun } from '../try.ts'
import { filesOf, HOSTS, sketches } from './random-play.ts'

const test = suite('run/free')

/** 'task status' of a host, in order. */
function of(host: string, tried: Tried): string[] {
  return resultsOf(tried).flatMap(line => (line.startsWith(`${host} `) ? [line.slice(host.length + 1)] : []))
}

test('free and linear do the same on each host: each task once, with its handlers, rescues and ends', async () => {
  await fc.assert(
    fc.asyncProperty(sketches, fc.boolean(), fc.integer({ min: 1, max: 4 }), async (steps, force, forks) => {
      const [linear, free] = await Promise.all(
        ['linear', 'free'].map(strategy => tryRun(filesOf(steps, { strategy, force_handlers: force }), { forks })),
      )
      for (const host of HOSTS) assert.equal(of(host, free as Tried), of(host, linear as Tried))
      assert.equal(free?.hosts, linear?.hosts)
      assert.is(free?.exit, linear?.exit)
    }),
    { numRuns: 40 },
  )
})

test('a host overtakes another under free', async () => {
  const text = `- hosts: all
  gather_facts: false
  strategy: free
  tasks:
    - {name: waits, shell: "while [ ! -e {{ playbook_dir }}/flag ]; do sleep 0.05; done", when: inventory_hostname == 'h1'}
    - {name: opens, shell: "touch {{ playbook_dir }}/flag", when: inventory_hostname == 'h2'}
`
  const hosts = 'h1 ansible_connection=local\nh2 ansible_connection=local\n'
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': text })
  assert.equal(of('h2', tried), ['waits skipped', 'opens changed'])
  assert.is(resultsOf(tried).at(-1), 'h1 opens skipped')
})

const flat = fc.array(fc.tuple(fc.constantFrom('debug', 'line', 'fail'), fc.subarray(HOSTS)), {
  minLength: 3,
  maxLength: 8,
})

test('under free a failure that is fatal for all begins nothing more on any host', async () => {
  await fc.assert(
    fc.asyncProperty(
      flat,
      fc.constantFrom({ any_errors_fatal: true }, { max_fail_percentage: 0 }, { max_fail_percentage: '{{ 40 - 40 }}' }),
      fc.integer({ min: 1, max: 4 }),
      async (tasks, keyword, forks) => {
        const steps = tasks.map(([kind, on]) => ({ kind: kind as 'debug', on, ignores: false, notifies: true }))
        const tried = await tryRun(filesOf(steps, { strategy: 'free', ...keyword }), { forks })
        const all = resultsOf(tried)
        const broken = all.findIndex(line => line.endsWith(' failed'))
        assert.is(tried.exit, broken < 0 ? 0 : 1)
        assert.is(new Set(all).size, all.length, 'no task twice')
        if (broken < 0) return
        const after = all.slice(broken + 1)
        // What another host was in the middle of comes to its end.
        for (const host of HOSTS) assert.ok(after.filter(line => line.startsWith(`${host} `)).length <= 1, after.join())
        assert.not.ok(after.some(line => line.startsWith(`${all[broken]?.split(' ')[0]} `)))
      },
    ),
    { numRuns: 100 },
  )
})

test('under free meta: end_play ends it for the hosts that are behind, and for later batches', async () => {
  const text = `- hosts: all
  gather_facts: false
  strategy: free
  serial: 2
  tasks:
    - {name: first, debug: }
    - {meta: end_play, when: inventory_hostname == 'leaf1'}
    - {name: slow, shell: sleep 0.1, delegate_to: localhost}
    - {name: last, debug: }
`
  const tried = await tryRun({ 'hosts.ini': 'leaf1\nleaf2\nleaf3\n', 'playbook.yml': text })
  assert.equal(of('leaf1', tried), ['first ok'])
  assert.equal(of('leaf3', tried), [])
  assert.not.match(resultsOf(tried).join(), /last/)
})

test('what is meant for the first host only is done by each under free, and a warning says so once', async () => {
  const text = `- hosts: all
  gather_facts: false
  strategy: free
  tasks:
    - {name: once, debug: , run_once: true}
`
  const tried = await tryRun({ 'hosts.ini': 'leaf1\nleaf2\n', 'playbook.yml': text })
  assert.equal(resultsOf(tried).toSorted(), ['leaf1 once ok', 'leaf2 once ok'])
  const warnings = tried.events.flatMap(event => (event.event === 'warning' ? [event.text] : []))
  assert.equal(warnings.filter(warning => /^playbook\.yml:5:\d+: .*strategy: free each host/.test(warning)).length, 1)
})

test.run()
