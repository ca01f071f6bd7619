import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resultsOf, type Tried, tryRun } from '../try.ts'

const test = suite('run/variables')

const HOSTS = '[leafs]\nleaf1 rack=a\nleaf2 rack=b\n[leafs:vars]\nansible_network_os=nxos\n'

test('what one task says of itself does not stay for the next, on any host', async () => {
  const tried = await tryRun({
    'hosts.ini': HOSTS,
    'playbook.yml': `
- hosts: leafs
  gather_facts: false
  vars: { line: play }
  tasks:
    - keep_line: { line: "{{ line }} {{ rack }} 1" }
    - keep_line: { line: "{{ line }} {{ rack }} 2" }
      vars: { line: task }
    - vars: { line: block }
      block:
        - keep_line: { line: "{{ line }} {{ rack }} 3" }
        - keep_line: { line: "{{ line }} {{ rack }} {{ item }}" }
          loop: [4, 5]
        - keep_line: { line: "{{ line }} {{ rack }} 6" }
          vars: { line: inner }
    - keep_line: { line: "{{ line }} {{ rack }} {{ item | default(7) }}" }
    - keep_line: { line: "{{ item.line }} {{ item.of.rack }} {{ item.at }}" }
      loop:
        - { line: "{{ line }}", of: { rack: "{{ rack }}" }, at: 8 }
        - { line: "{{ line }}", of: { rack: "{{ rack }}" }, at: "{{ 4 + 5 }}" }
`,
  })
  const kept = (rack: string) =>
    ['play', 'task', 'block', 'block', 'block', 'inner', 'play', 'play', 'play'].map(
      (line, at) => `${line} ${rack} ${at + 1}`,
    )
  assert.equal(linesOf(tried, 'leaf1'), kept('a'))
  assert.equal(linesOf(tried, 'leaf2'), kept('b'))
})

test('what a task registers is there for the next', async () => {
  const tried = await tryRun({
    'hosts.ini': HOSTS,
    'playbook.yml': `
- hosts: leaf1
  gather_facts: false
  tasks:
    - keep_line: { line: one }
      register: first
    - keep_line: { line: "two {{ first.changed }}" }
      register: first
    - keep_line: { line: "three {{ first is changed }}" }
      when: first.changed
`,
  })
  assert.equal(linesOf(tried, 'leaf1'), ['one', 'two True', 'three True'])
})

test("a loop's variables lose to the command line and to the engine's own", async () => {
  const tried = await tryRun(
    {
      'hosts.ini': HOSTS,
      'playbook.yml': `
- hosts: leaf1
  gather_facts: false
  vars: { other: play }
  tasks:
    - keep_line: { line: "{{ given }}" }
      loop: [loop]
      loop_control: { loop_var: given }
    - keep_line: { line: "{{ inventory_hostname }}" }
      loop: [loop]
      loop_control: { loop_var: inventory_hostname }
    - keep_line: { line: "{{ other }}" }
      loop: [loop]
      loop_control: { loop_var: other }
`,
    },
    { extraVars: { given: 'command line' } },
  )
  assert.equal(linesOf(tried, 'leaf1'), ['command line', 'leaf1', 'loop'])
})

test("a variable that is made from another host's is made anew for each task", async () => {
  const tried = await tryRun({
    'hosts.ini': HOSTS,
    'playbook.yml': `
- hosts: leafs
  gather_facts: false
  vars: { seen: "{{ hostvars['leaf2'].state | default('none') }}" }
  tasks:
    - debug: { msg: "{{ seen }}" }
    - set_fact: { state: "{{ rack }}" }
      when: inventory_hostname == 'leaf2'
    - debug: { msg: "{{ seen }}" }
`,
  })
  const said = tried.events.flatMap(event =>
    event.event === 'host-result' && event.host === 'leaf1' && event.status === 'ok' ? [event.msg] : [],
  )
  assert.equal(said, ['none', 'b'])
})

function linesOf(tried: Tried, host: string): string[] {
  assert.is(tried.exit, 0, resultsOf(tried).join('\n'))
  return tried.events.flatMap(event =>
    event.event === 'host-result' && event.host === host
      ? (event.changes ?? []).map(change => change.lines.join().slice(1))
      : [],
  )
}

test('inventory_dir and inventory_file are of the file that a host is written in, also in a folder of inventories', async () => {
  const tried = await tryRun(
    {
      'inventory/one/hosts': 'leaf1 ansible_network_os=nxos\n',
      'other.ini': 'leaf2 ansible_network_os=nxos\n',
      'playbook.yml': `
- hosts: leaf1,leaf2
  gather_facts: false
  tasks:
    - keep_line: { line: "{{ inventory_dir | basename }} {{ inventory_file | basename }}" }
`,
    },
    { inventory: ['inventory/one', 'other.ini'] },
  )
  assert.equal(linesOf(tried, 'leaf1'), ['one hosts'])
  assert.match(linesOf(tried, 'leaf2')[0] ?? '', /^weft-run-\S+ other.ini$/)
})

test.run()
