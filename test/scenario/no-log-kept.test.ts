import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('what no_log hides')

const CANARY = 'Canary-Hidden-91'
const INVENTORY = 'all:\n  hosts:\n    localhost: {ansible_connection: local}\n'

function folderWith(dest: string): string {
  return folderOf({
    'hosts.yml': INVENTORY,
    'site.yml': `- hosts: localhost
  gather_facts: false
  tasks:
    - {command: "true --token=${CANARY}", no_log: true}
    - {shell: "false ${CANARY}", no_log: true, ignore_errors: true}
    - {copy: {content: "key=${CANARY}", dest: ${dest}}, no_log: true}
`,
  })
}

test('is in no saved plan, on no screen and in no ledger, and the plan can be applied', async () => {
  const dest = join(folderOf({}), 'made')
  const folder = folderWith(dest)
  const planned = await weft(['plan', 'site.yml', '-i', 'hosts.yml', '--save', 'p.plan'], { folder })
  assert.is(planned.code, 2, planned.out + planned.err)
  assert.not.match(readFileSync(join(folder, 'p.plan'), 'utf8'), CANARY)
  const done = await weft(['run', '--plan', 'p.plan', '-vv'], { folder })
  assert.is(done.code, 0, done.out + done.err)
  assert.is(readFileSync(dest, 'utf8'), `key=${CANARY}`)
  assert.not.match(done.out + done.err, CANARY)
  const shown = await weft(['show', 'last', '--json'], { folder })
  assert.match(shown.out, `file:${dest}`)
  assert.not.match(shown.out, CANARY)
  for (const file of ['ledger.db', 'ledger.db-wal']) assert.not.match(textOf(join(folder, '.weft', file)), CANARY)
})

test('is still an allow-list: another content is refused before anything is sent', async () => {
  const dest = join(folderOf({}), 'made')
  const folder = folderWith(dest)
  const planned = await weft(['plan', 'site.yml', '-i', 'hosts.yml', '--save', 'p.plan'], { folder })
  assert.is(planned.code, 2, planned.out + planned.err)
  const other = folderOf({
    'hosts.yml': INVENTORY,
    'site.yml': readFileSync(join(folder, 'site.yml'), 'utf8').replace(`key=${CANARY}`, 'key=other'),
    'p.plan': readFileSync(join(folder, 'p.plan')),
  })
  const refused = await weft(['run', '--plan', 'p.plan'], { folder: other })
  assert.is.not(refused.code, 0, refused.out + refused.err)
  assert.is(textOf(dest), '')
})

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

test.run()
