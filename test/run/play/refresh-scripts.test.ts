import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runLocal } from '../../../src/connection/local/process.ts'
import { folderOf } from '../../support/folder.ts'
import { resultsOf, tryRun } from '../try.ts'

/** A script that tells of one host more each time it is asked, and of what is in `note`. */
function growing(): string {
  const folder = folderOf({ note: 'as it was' })
  const file = join(folder, 'estate')
  writeFileSync(
    file,
    `#!/bin/sh
cd ${folder} && echo x >> asked
hosts=$(seq -f '"leaf%g"' -s , $(wc -l < asked))
echo '{"all": {"hosts": ['$hosts'], "vars": {"base": "{{ 1 + 1 }}", "note": "'"$(cat note)"'", "gather": "no"}}, "_meta": {"hostvars": {}}}'
`,
  )
  chmodSync(file, 0o755)
  return file
}

const play = (hosts: string, tasks: string) => `- hosts: ${hosts}\n  gather_facts: false\n  tasks:\n${tasks}`
const messages = (tried: Awaited<ReturnType<typeof tryRun>>, task: string) =>
  tried.events.flatMap(event => (event.event === 'host-result' && event.task === task ? [event.msg] : []))

test('refresh_inventory asks a script again; its templates are rendered, but those that are new are data', async () => {
  const file = growing()
  const note = join(file, '..', 'note')
  const playbook = `${play(
    'leaf1',
    `    - {name: before, debug: {msg: "{{ base }} {{ note }}"}}
    - {name: write, delegate_to: localhost, copy: {dest: ${note}, content: !unsafe "{{ 6 * 7 }}"}}
    - meta: refresh_inventory
`,
  )}${play('all', '    - {name: after, debug: {msg: "{{ base }} {{ note }}"}}\n')}`
  const tried = await tryRun(
    { 'playbook.yml': playbook },
    { inventory: [file], inventoryScripts: { allowed: true, told: new Map(), run: runLocal } },
  )
  assert.is(tried.exit, 0, JSON.stringify(tried.events))
  assert.equal(messages(tried, 'before'), ['2 as it was'])
  assert.equal(messages(tried, 'after'), ['2 {{ 6 * 7 }}', '2 {{ 6 * 7 }}'])
})

test('a script that the run itself has written is not started by refresh_inventory', async () => {
  const file = growing()
  const written = '#!/bin/sh\\ntouch ran\\necho "{}"\\n'
  const tasks = `    - {name: write, delegate_to: localhost, copy: {dest: ${file}, mode: "0755", content: "${written.replaceAll('"', '\\"')}"}}
    - {name: refresh, meta: refresh_inventory}
`
  const tried = await tryRun(
    { 'playbook.yml': play('leaf1', tasks) },
    { inventory: [file], inventoryScripts: { allowed: true, told: new Map(), run: runLocal } },
  )
  assert.is(resultsOf(tried).at(-1), 'leaf1 refresh failed')
  assert.match(JSON.stringify(tried.events), /is not started: it was changed since the run began/)
})

test.run()
