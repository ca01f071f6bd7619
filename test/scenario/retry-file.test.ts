import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('the file of a retry')
const HOSTS = Array.from({ length: 25 }, (_, at) => `    node-${at}: {ansible_connection: local}\n`).join('')
const FILES = {
  'hosts.yml': `all:\n  hosts:\n${HOSTS}`,
  'site.yml': '- hosts: all\n  gather_facts: false\n  tasks: [{fail: {msg: no}}]\n',
}
const COMMAND = ['plan', 'site.yml', '-i', 'hosts.yml', '--no-ledger']

test('is named instead of many hosts', async () => {
  const { out, err } = await weft(COMMAND, { folder: folderOf(FILES) })
  assert.match(out + err, /--limit @\.weft\/retry\/\S+\.hosts/)
})

test('makes nothing where a repository holds .weft as a link to elsewhere', async () => {
  const folder = folderOf(FILES)
  const elsewhere = mkdtempSync(join(tmpdir(), 'weft-test-'))
  symlinkSync(elsewhere, join(folder, '.weft'))
  const { out, err } = await weft(COMMAND, { folder })
  assert.match(out + err, /--limit node-0,node-1/)
  assert.equal(readdirSync(elsewhere), [])
})

test.run()
