import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

const test = suite('a run that ends before its last play')

const play = (hosts: string, more: string, task: string) =>
  `- hosts: ${hosts}\n  gather_facts: false\n${more}  tasks:\n    - ${task}\n`
const failsOn = (host: string) =>
  `{name: Break, fail: {msg: as told}, when: "inventory_hostname == '${host}' and (broken | default(true) | bool)"}`
const hello = 'debug: {msg: hello}'

const folder = folderOf({
  'plays.yml': play('one', '', failsOn('one')) + play('two,three', '  name: Second\n', hello),
  'waves.yml': play('one,two,three', '  name: Waves\n  serial: 1\n', failsOn('two')),
  'template.yml': play('one', '', failsOn('one')) + play('"{{ where }}"', '  name: Somewhere\n', hello),
})
const run = (...words: string[]) => weft(['run', ...words, '-i', 'one,two,three,four,'], { folder })

test('plays that were not begun are named, and the command that retries goes on to them', async () => {
  const { code, out } = await run('plays.yml')
  assert.is(code, 1)
  assert.match(out, 'warning: The run ended early. Not begun: Second.')
  const retry = /Retry: weft run (.*)/.exec(out)?.[1] ?? ''
  assert.match(retry, '--limit one,two,three')
  const again = await weft(['run', ...retry.split(' '), '-e', 'broken=false'], { folder })
  assert.is(again.code, 0, again.out)
  assert.match(again.out, /ok +two[^\n]*\n +hello\nok +three/)
  assert.not.match(again.out, 'Not begun')
})

test('batches behind one that is lost are named with their hosts', async () => {
  const { out } = await run('waves.yml')
  assert.match(out, 'Not begun: Waves (three).')
  assert.match(out, /--limit two,three\b/)
})

test('where later plays say by a template whom they are for, nobody is left out', async () => {
  const { out } = await run('template.yml', '-e', 'where=four')
  assert.match(out, 'Not begun: Somewhere.')
  assert.match(out, /Retry: weft run template\.yml /)
  assert.not.match(out, '--limit')
  assert.match((await run('template.yml', '-e', 'where=four', '--limit', 'one,four')).out, '--limit one,four')
})

test.run()
