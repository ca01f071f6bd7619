import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../../support/folder.ts'
import { weft } from '../../support/weft.ts'

const test = suite('handlers that nobody has')

const play = (tasks: string, handlers: string) =>
  `- hosts: localhost\n  gather_facts: false\n  vars: {which: Restart}\n  tasks:\n${tasks}  handlers:\n${handlers}`
const task = (notify: string) => `    - debug: {msg: a}\n      notify: ${notify}\n`
const restart = '    - name: Restart\n      listen: everything\n      debug: {msg: b}\n'

const warnings = async (text: string) => {
  const folder = folderOf({ 'play.yml': text, 'more.yml': '- debug: {msg: c}\n' })
  const { out, code } = await weft(['plan', 'play.yml', '-i', 'localhost,'], { folder })
  assert.is(code, 0, out)
  return out.split('\n').filter(line => line.startsWith('warning:'))
}

test('a slip in a notify is warned about before anything is done, with place and nearest name', async () => {
  const text = play(task('Restrat') + task('[Restart, everything]'), `${restart}      notify: Nobody\n`)
  assert.equal(await warnings(text), [
    'warning: play.yml:6:7: no handler of the play is called \'Restrat\' or listens to it. Did you mean "Restart"? The task fails once it has changed something.',
    "warning: play.yml:13:7: no handler of the play is called 'Nobody' or listens to it. The task fails once it has changed something.",
  ])
})

test('names that are known only in the run are left to it', async () => {
  assert.equal(await warnings(play(task('"{{ which }}"'), restart)), [])
  assert.equal(await warnings(play(task('Other'), restart.replace('Restart', '"{{ which }}"'))), [])
  assert.equal(await warnings(play(`${task('Other')}    - include_tasks: more.yml\n`, restart)), [])
})

test.run()
