import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { closeAll, LEAF } from '../support/nxos.ts'
import { oneLeaf, play } from '../support/one-leaf.ts'
import { weft } from '../support/weft.ts'

const test = suite('a saved plan')
test.after(closeAll)

/** What weft types beside the lines of a plan. */
const OWN = /^(terminal |show |configure terminal$|end$|exit$|(no )?checkpoint |copy running-config )/
const SECRET = 'Canary-Bgp-77'
/** As a switch shows a password: anybody can turn it back. */
const ENCRYPTED = '5c2f8b1d9e7a4c63'
const SITE = play(`- name: Loopback
  nxos_config:
    parents: interface loopback7
    lines: [description planned, ip address 192.0.2.7/32]
- name: Session
  nxos_config:
    parents: [router bgp 65102, neighbor 192.0.2.10]
    lines: [remote-as 65531, 'password {{ bgp_password }}']
`)
const VARIABLES = { bgp_password: SECRET }

async function saved() {
  const leaf = await oneLeaf()
  const folder = leaf.folder({ 'site.yml': SITE }, VARIABLES)
  const planned = await weft(['plan', 'site.yml', '--save', 'site.plan'], { folder })
  assert.is(planned.code, 2, planned.out + planned.err)
  return { ...leaf, folder, file: join(folder, 'site.plan') }
}

test('what was saved is what is done, by another process in another folder with the same inputs, and then nothing is left', async () => {
  const { lab, folder, file } = await saved()
  const plan = JSON.parse(readFileSync(file, 'utf8'))
  const elsewhere = folderOf({
    'site.yml': SITE,
    'site.plan': readFileSync(file),
    'inventory/hosts.yml': readFileSync(join(folder, 'inventory/hosts.yml')),
  })
  const before = lab.typed.length
  const done = await weft(['run', '--plan', 'site.plan'], { folder: elsewhere })
  assert.is(done.code, 0, done.out + done.err)
  const listed = plan.intents.flatMap((intent: { commands: { line: string; parents: string[] }[] }) =>
    intent.commands.flatMap(({ line, parents }) => [...parents, line]),
  ) as string[]
  const known = new Set(listed.map(line => line.replace(/\{secret \w+\}/, SECRET)))
  const typed = lab.typed.slice(before).filter(line => !OWN.test(line))
  assert.equal(new Set(typed), known)
  assert.match(lab.runningText(), /description planned/)
  assert.is((await weft(['plan', 'site.yml'], { folder })).code, 0)
})

test('it is for us alone to read, and holds no secret', async () => {
  const { file } = await saved()
  assert.is(statSync(file).mode & 0o777, 0o600)
  const text = readFileSync(file, 'utf8')
  assert.not.match(text, SECRET)
  assert.match(text, /password \{secret [0-9a-f]{12}\}/)
})

test('a secret that only the switch holds is neither in the plan nor in the ledger, whatever becomes of its line', async () => {
  const config = LEAF.replace('  router-id', `  neighbor 192.0.2.99\n    password 3 ${ENCRYPTED}\n  router-id`)
  const leaf = await oneLeaf({ config })
  const site = play('- nxos_config: {parents: [router bgp 65102], lines: [no neighbor 192.0.2.99]}\n')
  const folder = leaf.folder({ 'site.yml': site })
  assert.is((await weft(['plan', 'site.yml', '--save', 'site.plan'], { folder })).code, 2)
  assert.is((await weft(['run', 'site.yml'], { folder })).code, 0)
  for (const name of ['site.plan', '.weft/ledger.db']) {
    const bytes = readFileSync(join(folder, name)).toString('latin1')
    assert.not.match(bytes, ENCRYPTED, name)
  }
})

test('one line that moved on the switch is named, and nothing is written', async () => {
  const { lab, folder } = await saved()
  const other = folderOf({
    'site.yml': play(`- nxos_config: {parents: interface loopback7, lines: [description by hand]}\n`),
    'inventory/hosts.yml': readFileSync(join(folder, 'inventory/hosts.yml')),
  })
  assert.is((await weft(['run', 'site.yml'], { folder: other })).code, 0)
  const before = lab.runningText()
  const refused = await weft(['run', '--plan', 'site.plan'], { folder })
  assert.is(refused.code, 1)
  assert.match(refused.err, /things have changed since it was saved/)
  assert.match(refused.err, /leaf-a: cli:interface loopback7\/description is not as it was when it was planned/)
  assert.is(lab.runningText(), before)
})

test('a variable that moved is named by its host', async () => {
  const { lab, folder } = await saved()
  const before = lab.runningText()
  writeFileSync(join(folder, 'inventory/extra.yml'), 'all: {hosts: {leaf-a: {rack: 7}}}\n')
  const refused = await weft(['run', '--plan', 'site.plan'], { folder })
  assert.is(refused.code, 1)
  assert.match(refused.err, /the inventory: variables or groups of leaf-a are others/)
  assert.is(lab.runningText(), before)
})

test('commands and files of machines are listed: what was reviewed is done, another command of the same task is not', async () => {
  const site = (name: string) => `- hosts: localhost
  gather_facts: false
  tasks:
    - shell: 'touch {{ playbook_dir }}/${name}'
    - copy: {content: "x", dest: "{{ playbook_dir }}/copied"}
`
  const folder = folderOf({ 'site.yml': site('touched') })
  assert.is((await weft(['plan', 'site.yml', '--save', 'site.plan'], { folder })).code, 2)
  assert.not.ok(existsSync(join(folder, 'touched')))
  writeFileSync(join(folder, 'site.yml'), site('other'))
  const refused = await weft(['run', '--plan', 'site.plan'], { folder })
  assert.is(refused.code, 1)
  assert.not.ok(existsSync(join(folder, 'other')))
  assert.not.ok(existsSync(join(folder, 'copied')))
  writeFileSync(join(folder, 'site.yml'), site('touched'))
  const done = await weft(['run', '--plan', 'site.plan'], { folder })
  assert.is(done.code, 0, done.out + done.err)
  assert.ok(existsSync(join(folder, 'touched')))
  assert.ok(existsSync(join(folder, 'copied')))
})

test('a plan that began at a task is applied from that task on', async () => {
  const { lab, folder } = await saved()
  const words = ['--start-at-task', 'Session', '--save', 'late.plan']
  assert.is((await weft(['plan', 'site.yml', ...words], { folder })).code, 2)
  const done = await weft(['run', '--plan', 'late.plan'], { folder })
  assert.is(done.code, 0, done.out + done.err)
  assert.match(lab.runningText(), /remote-as 65531/)
  assert.not.match(lab.runningText(), /description planned/)
})

test('what the plan says already cannot be said otherwise beside it', async () => {
  const { lab, folder } = await saved()
  const before = lab.runningText()
  for (const words of [
    ['--limit', 'other'],
    ['--tags', 'x'],
    ['--skip-tags', 'x'],
    ['-i', 'inventory'],
    ['--start-at-task', 'Session'],
    ['--check'],
  ]) {
    const refused = await weft(['run', '--plan', 'site.plan', ...words], { folder })
    assert.is(refused.code, 4, words.join(' '))
    assert.match(refused.err, `${words[0] === '-i' ? '--inventory' : words[0]} cannot be given together with --plan`)
  }
  assert.is(lab.runningText(), before)
})

test('a plan that somebody edited, or none at all, is refused', async () => {
  const { folder, file } = await saved()
  writeFileSync(file, readFileSync(file, 'utf8').replace('description planned', 'description edited'))
  const edited = await weft(['run', '--plan', 'site.plan'], { folder })
  assert.is(edited.code, 4)
  assert.match(edited.err, /was changed after it was saved/)
  writeFileSync(file, '{}')
  assert.match((await weft(['run', '--plan', 'site.plan'], { folder })).err, /is not a plan/)
})

test.run()
