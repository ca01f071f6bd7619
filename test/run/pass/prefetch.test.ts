import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newFabric } from '../line-device.ts'
import { resultsOf, tryRun } from '../try.ts'

const test = suite('run/prefetch')

const HOSTS = 'leaf1 ansible_network_os=nxos\n'
/** Says `a`, and writes a line for each time that it is asked. */
const COUNTING = "lookup('pipe', 'echo asked >> ' ~ playbook_dir ~ '/asked; echo a')"

/** How often the lookup ran in a play of these tasks. */
async function timesAsked(tasks: string, more: { vars?: string; files?: Record<string, string> } = {}) {
  const { vars = '', files = {} } = more
  const playbook = `- hosts: leaf1\n  gather_facts: false\n${vars}  tasks:\n${tasks}`
  const fabric = newFabric()
  const tried = await tryRun({ 'hosts.ini': HOSTS, 'playbook.yml': playbook, ...files }, { fabric })
  const asked = join(tried.folder, 'asked')
  const times = existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n').length : 0
  return { times, tried, lines: [...(fabric.lines.get('leaf1') ?? [])] }
}

const VARS = `  vars: { made: "{{ ${COUNTING} }}" }\n`
const once: Readonly<
  Record<string, { tasks: string; vars?: string; files?: Record<string, string>; lines?: string[] }>
> = {
  'the arguments of a device module': {
    tasks: `    - foreseen_line: { line: first }\n    - foreseen_line: { line: "{{ ${COUNTING} }}" }\n`,
    lines: ['first', 'a'],
  },
  'the arguments of one that waits until it settles': {
    tasks: `    - foreseen_line: { line: a is up }\n    - settle_line: { line: "{{ ${COUNTING} }}" }\n`,
    lines: ['a is up', 'a'],
  },
  'a variable that the arguments name twice': {
    tasks: `    - foreseen_line: { line: "{{ made }} {{ made }}", password: "{{ made }}" }\n`,
    vars: VARS,
    lines: ['a a'],
  },
  'a condition': { tasks: `    - foreseen_line: { line: b }\n      when: ${COUNTING} == 'a'\n`, lines: ['b'] },
  'a loop': {
    tasks: `    - foreseen_line: { line: "{{ item }}" }\n      loop: "{{ [${COUNTING}, 'b'] }}"\n`,
    lines: ['a', 'b'],
  },
  'a loop by with_pipe': {
    tasks: `    - foreseen_line: { line: "{{ item }}" }\n      with_pipe: echo asked >> {{ playbook_dir }}/asked; echo a\n`,
    lines: ['a'],
  },
  'a template file': {
    tasks: `    - foreseen_line: { line: "{{ lookup('template', 'line.j2') }}" }\n`,
    files: { 'templates/line.j2': `{{ ${COUNTING} }}` },
    lines: ['a'],
  },
  'a lookup whose errors are ignored': {
    tasks: `    - foreseen_line: { line: "{{ ${COUNTING.replace(/\)$/, ", errors='ignore')")} | default('none', true) }}" }\n`,
    lines: ['a'],
  },
  'the arguments of an action': { tasks: `    - debug: { msg: "{{ made }} {{ made }}" }\n`, vars: VARS },
  'a number that a device module is given': {
    tasks: `    - foreseen_line: { line: "{{ ${COUNTING.replace('; echo a', '; echo 7')} }}" }\n`,
    lines: ['7'],
  },
}

for (const [where, { tasks, vars, files, lines = [] }] of Object.entries(once))
  test(`a program that a lookup runs is run once for ${where}`, async () => {
    const asked = await timesAsked(tasks, { ...(vars ? { vars } : {}), ...(files ? { files } : {}) })
    assert.is(asked.tried.exit, 0, JSON.stringify(asked.tried.events.filter(event => event.event === 'host-result')))
    assert.is(asked.times, 1)
    assert.equal(asked.lines, lines)
  })

test('it is run once for each round of a loop, and again for each try', async () => {
  const loop = `    - foreseen_line: { line: "{{ ${COUNTING} }}{{ item }}" }\n      loop: [1, 2, 3]\n`
  assert.is((await timesAsked(loop)).times, 3)
  const until = `    - debug: { msg: "{{ made }}" }\n      register: said\n      until: said.attempts | default(0) == 9\n      retries: 3\n      delay: 0\n      ignore_errors: true\n`
  assert.is((await timesAsked(until, { vars: VARS })).times, 3)
})

test('a name runs no program: the part of it that would stays as it is written', async () => {
  const named = `    - name: "for {{ inventory_hostname }} {{ ${COUNTING} }}"\n      foreseen_line: { line: b }\n`
  const { times, tried } = await timesAsked(named)
  assert.is(times, 0)
  assert.match(resultsOf(tried)[0] ?? '', /^leaf1 for leaf1 \{\{ lookup\('pipe'/)
})

test.run()
