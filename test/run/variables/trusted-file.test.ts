import { mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newTrust, untilTold, whyUntrusted } from '../../../src/run/variables/trusted-file.ts'
import { folderOf } from '../../support/folder.ts'
import { tryRun } from '../try.ts'

const test = suite('run/trusted-file')

/** A run in `folder` that begins now; what is written after it has begun is told from what was there. */
async function begun(folder: string, more: { inventory?: string[]; start?: string } = {}) {
  const { inventory = [], start = folder } = more
  const trust = newTrust({ playbooks: [join(folder, 'site.yml')], inventory, folder: start })
  await untilTold(trust)
  return trust
}

test('a file of the repository that was there before the run is trusted, written the moment before or not', async () => {
  for (let again = 0; again < 20; again++) {
    const folder = folderOf({ 'site.yml': '', 'vars/a.yml': 'a: 1\n' })
    assert.is(whyUntrusted(join(folder, 'vars/a.yml'), await begun(folder)), null)
  }
})

test('a file that was made, changed, dated back or moved there since the run began is not', async () => {
  const folder = folderOf({ 'site.yml': '', 'a.yml': '', 'b.yml': '', 'c.yml': '' })
  const trust = await begun(folder)
  const place = (name: string) => join(folder, name)
  writeFileSync(place('new.yml'), '')
  writeFileSync(place('a.yml'), 'a: 2\n')
  writeFileSync(place('b.yml'), 'b: 2\n')
  utimesSync(place('b.yml'), 1, 1)
  renameSync(place('c.yml'), place('d.yml'))
  for (const name of ['new.yml', 'a.yml', 'b.yml', 'd.yml'])
    assert.is(whyUntrusted(place(name), trust), 'was changed since the run began', name)
  assert.is(whyUntrusted(place('gone.yml'), trust), 'cannot be read')
})

test('a file that is written at the first possible moment of a run is told from those before', async () => {
  for (let again = 0; again < 20; again++) {
    const folder = folderOf({ 'site.yml': '' })
    const trust = await begun(folder)
    writeFileSync(join(folder, 'new.yml'), '')
    assert.is(whyUntrusted(join(folder, 'new.yml'), trust), 'was changed since the run began')
  }
})

test('links are followed: what they lead to counts, and the root may be reached by one', async () => {
  const outside = folderOf({ 'x.yml': '' })
  const folder = folderOf({ 'site.yml': '', 'a.yml': '' })
  symlinkSync(join(outside, 'x.yml'), join(folder, 'link.yml'))
  symlinkSync(outside, join(folder, 'vars'))
  symlinkSync(join(folder, 'a.yml'), join(outside, 'inside.yml'))
  symlinkSync(folder, join(outside, 'repository'))
  const trust = await begun(join(outside, 'repository'))
  for (const name of ['link.yml', 'vars/x.yml', '../x.yml'])
    assert.match(
      whyUntrusted(join(folder, name), trust) ?? '',
      /^(stands outside of the repository|cannot be read)/,
      name,
    )
  assert.match(whyUntrusted(join(outside, 'x.yml'), trust) ?? '', /^stands outside/)
  assert.is(whyUntrusted(join(outside, 'inside.yml'), trust), null)
  assert.is(whyUntrusted(join(outside, 'repository/a.yml'), trust), null)
})

test('a folder whose name only begins like the root is outside of it', async () => {
  const folder = folderOf({ 'top/site.yml': '', 'top-secret/a.yml': '' })
  const trust = await begun(join(folder, 'top'))
  assert.match(whyUntrusted(join(folder, 'top-secret/a.yml'), trust) ?? '', /^stands outside/)
})

test('the repository is what .git says, else the folder that weft is started in, else the folder of the file', async () => {
  const folder = folderOf({ 'playbooks/site.yml': '', 'vars/a.yml': '', 'hosts/h.ini': '' })
  const a = join(folder, 'vars/a.yml')
  const playbooks = join(folder, 'playbooks')
  assert.match(whyUntrusted(a, await begun(playbooks)) ?? '', /^stands outside/)
  assert.match(whyUntrusted(a, await begun(playbooks, { start: '/' })) ?? '', /^stands outside/)
  assert.is(whyUntrusted(a, await begun(playbooks, { start: folder })), null)
  assert.is(whyUntrusted(a, await begun(playbooks), [join(folder, 'vars')]), null)
  assert.is(whyUntrusted(a, await begun(playbooks, { inventory: ['h1,h2', join(folder, 'vars')] })), null)
  mkdirSync(join(folder, '.git'))
  assert.is(whyUntrusted(a, await begun(playbooks)), null)
})

const HOSTS = 'here ansible_connection=local\n'
const PLAY = '- hosts: here\n  gather_facts: false\n  tasks:\n'
const messages = (tried: Awaited<ReturnType<typeof tryRun>>) =>
  tried.events.flatMap(event => (event.event === 'host-result' && event.msg !== undefined ? [event.msg] : []))

test("a root of the operator's is as good as the repository; what a link there leads to counts", async () => {
  const [root, elsewhere] = [folderOf({ 'a.j2': '{{ 1 + 1 }}' }), folderOf({ 'b.j2': '{{ 1 + 1 }}' })]
  symlinkSync(join(elsewhere, 'b.j2'), join(root, 'b.j2'))
  const shown = async (file: string, roots: string[]) => {
    const playbook = `- hosts: leaf1
  gather_facts: false
  tasks: [{ debug: { msg: "{{ lookup('template', '${join(root, file)}') }}" } }]
`
    const { events } = await tryRun({ 'hosts.ini': 'leaf1\n', 'playbook.yml': playbook }, { mode: 'plan', roots })
    const result = events.find(event => event.event === 'host-result')
    return result?.failure?.code ?? result?.msg
  }
  await new Promise(resolve => setTimeout(resolve, 30))
  assert.is(String(await shown('a.j2', [root])), '2')
  assert.is(await shown('a.j2', []), 'unsafe')
  assert.is(await shown('b.j2', [root]), 'unsafe')
})

test('include_vars and vars_files of a file that the run has made give data, and say so once', async () => {
  const tried = await tryRun({
    'hosts.ini': HOSTS,
    'kept.yml': 'kept: "{{ 1 + 1 }}"\n',
    'playbook.yml': `${PLAY}
    - copy: { content: "made: '{% raw %}{{ 1 + 1 }}{% endraw %}'", dest: "{{ playbook_dir }}/made.yml" }
    - include_vars: made.yml
      loop: [1, 2]
    - include_vars: kept.yml
    - debug: { msg: "{{ made }} {{ kept }} {{ hostvars.here.made }}" }
- hosts: here
  gather_facts: false
  vars_files: [made.yml, kept.yml]
  tasks:
    - debug: { msg: "{{ made }} {{ kept }}" }
`,
  })
  assert.is(tried.exit, 0)
  assert.equal(messages(tried).slice(-2), ['{{ 1 + 1 }} 2 {{ 1 + 1 }}', '{{ 1 + 1 }} 2'])
  const warnings = tried.events.flatMap(event => (event.event === 'warning' ? [event.text] : []))
  assert.is(warnings.filter(text => /made\.yml was changed since the run began/.test(text)).length, 1)
})

test('a template, an included template and a file of tasks that the run has made are refused', async () => {
  const made = "{{ lookup('pipe', 'touch ' + playbook_dir + '/ran') }}"
  for (const [what, use] of Object.entries({
    template: 'template: { src: made.j2, dest: "{{ playbook_dir }}/out" }',
    lookup: `debug: { msg: "{{ lookup('template', 'made.j2') }}" }`,
    include: `debug: { msg: "{% include 'made.j2' %}" }`,
    tasks: 'include_tasks: made.yml',
  })) {
    const tried = await tryRun({
      'hosts.ini': HOSTS,
      'hostile.txt': made,
      'tasks.txt': `- debug: { msg: "${made}" }\n`,
      'playbook.yml': `${PLAY}
    - copy: { src: hostile.txt, dest: "{{ playbook_dir }}/made.j2" }
    - copy: { src: tasks.txt, dest: "{{ playbook_dir }}/made.yml" }
    - ${use}
`,
    })
    const failures = tried.events.flatMap(event =>
      event.event === 'host-result' && event.failure ? [event.failure] : [],
    )
    assert.equal(
      failures.map(failure => failure.code),
      ['unsafe'],
      `${what}: ${JSON.stringify(failures)}`,
    )
    assert.match(failures[0]?.message ?? '', /was changed since the run began/, what)
    assert.throws(() => readFileSync(join(tried.folder, 'ran')), /ENOENT/, what)
  }
})

test('a file system that keeps whole seconds leaves no doubt to the wrong side', async () => {
  const folder = folderOf({ 'site.yml': '', 'a.yml': '' })
  const file = join(folder, 'a.yml')
  // Its inode's time cannot be set, so the time of the text is set ahead of it, to a whole second.
  const second = Math.floor(Date.now() / 1000) + 100
  utimesSync(file, second, second)
  const at = (seconds: number) => ({
    roots: [folder],
    added: [],
    since: BigInt(Math.round(seconds * 1000)) * 1_000_000n,
  })
  assert.is(whyUntrusted(file, at(second)), 'was changed since the run began')
  assert.match(whyUntrusted(file, at(second + 0.5)) ?? '', /cannot tell which was first/)
  assert.is(whyUntrusted(file, at(second + 2.5)), null)
})

test.run()
