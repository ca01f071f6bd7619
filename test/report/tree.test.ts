import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hasProgram, testWhere } from '../support/where.ts'

const folder = mkdtempSync(join(tmpdir(), 'weft-tree-'))
writeFileSync(join(folder, 'hosts.ini'), 'one ansible_connection=local\ntwo ansible_connection=local\n')
writeFileSync(
  join(folder, 'play.yml'),
  `- name: Words
  hosts: all
  gather_facts: false
  tasks:
    - name: Greet
      debug: { msg: "hello {{ inventory_hostname }}" }
    - name: Break
      fail: { msg: as told }
      when: inventory_hostname == 'two'
`,
)
writeFileSync(
  join(folder, 'hostile.yml'),
  `- name: "Play \\e]0;title\\a"
  hosts: all
  gather_facts: false
  tasks:
    - name: "Task \\e]52;c;Y2FuYXJ5\\a \\x9b2J"
      debug: { msg: "\\u202egnp.exe \\e[2J \\ec" }
    - name: Break
      fail: { msg: "\\eP+q544e\\e\\\\" }
`,
)
writeFileSync(
  join(folder, 'stop.yml'),
  `- hosts: all
  gather_facts: false
  tasks:
    - name: Interrupt
      shell: kill -INT $PPID; sleep 1
    - name: Never
      debug: { msg: never }
`,
)

/** What a terminal of 100 columns got, redrawn frames included, without colours. `script` (util-linux) gives weft a terminal. */
function inTerminal(words: string): { code: number | null; text: string; raw: string } {
  const entry = new URL('../../bin/weft.js', import.meta.url).pathname
  const { CI: _, NO_COLOR: __, ...environment } = process.env
  const done = spawnSync(
    'script',
    ['-qec', `stty cols 100 rows 40; ${process.execPath} ${entry} ${words}`, '/dev/null'],
    {
      cwd: folder,
      env: { ...environment, TERM: 'xterm-256color' },
      encoding: 'utf8',
    },
  )
  return { code: done.status, text: stripVTControlCharacters(done.stdout), raw: done.stdout }
}

const testInTerminal = testWhere(test, hasProgram('script'), 'no `script` to make a terminal')

testInTerminal(
  'a terminal gets the live tree: a line per task with a mark, failures and messages below, recap and retry at the end',
  () => {
    const { code, text } = inTerminal('run play.yml -i hosts.ini')
    assert.is(code, 1)
    assert.match(text, /PLAY Words {2}2 hosts/)
    assert.match(text, /✔ Greet {2}ok 2/)
    assert.match(text, 'hello one')
    assert.match(text, /Break {2}skipped 1, failed 1\s+✔ one {2}skipped\s+✖ two {2}failed/)
    assert.match(text, 'failed: as told')
    assert.match(text, /two +1 +0 +1/)
    assert.match(text, /Retry: weft run play\.yml -i hosts\.ini --limit two/)
  },
)

testInTerminal('Ctrl-C is answered while the step that it lets end still runs', () => {
  const { code, text } = inTerminal('run stop.yml -i hosts.ini --limit one')
  assert.is(code, 1)
  const [heard, ended] = [text.indexOf('Stopping after the running step'), text.indexOf('✔ Interrupt')]
  assert.ok(heard > 0 && heard < ended, text)
  assert.match(text, 'Not done')
})

testInTerminal('the live tree shows what a name or a text would have the terminal do, and has it do nothing', () => {
  const { raw } = inTerminal('run hostile.yml -i hosts.ini --limit one -vv')
  assert.match(raw, '\\x1b]52;c;Y2FuYXJ5\\x07')
  assert.match(raw, '\\x9b2J')
  assert.match(raw, '\\u202e')
  assert.not.match(raw, /\u001b[\]Pc]|\u0007|[\u0080-\u009f]|\u202e/)
})

testInTerminal('--output plain gives plain lines to a terminal as well', () => {
  assert.not.match(inTerminal('run play.yml -i hosts.ini --output plain').text, '✔')
})

test.run()
