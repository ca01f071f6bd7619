import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { splitWords } from '../../../src/model/words.ts'
import { command } from '../../../src/modules/machine/command.ts'
import { shell } from '../../../src/modules/machine/shell.ts'
import { act } from '../act.ts'

const test = suite('modules/command')
const folder = mkdtempSync(join(tmpdir(), 'weft-command-'))

test('a command line is cut into words as a shell does it', () => {
  assert.equal(splitWords(`a "b c" 'd "e"' f\\ g "" h"i"j`), ['a', 'b c', 'd "e"', 'f g', '', 'hij'])
})

test('no shell looks at a command, but names of the environment are filled in', async () => {
  const result = await act(command, { cmd: 'echo $WEFT_WORD | wc; * ~x' }, { environment: { WEFT_WORD: 'two words' } })
  assert.is(result.values?.stdout, 'echo'.slice(4) + '$WEFT_WORD | wc; * ~x'.replace('$WEFT_WORD', 'two words'))
})

test('arguments keep blanks, quotes, backslashes and emptiness', async () => {
  const argv = ['printf', '%s|', '', "it's", 'a  b', '\\n$HOME"', '*']
  const result = await act(command, { argv: argv.map(word => word.replace('$HOME', '$(x)')) })
  assert.is(result.values?.stdout, '|it\'s|a  b|\\n$(x)"|*|')
})

test('an exit code is a failure with its code, output and lines', async () => {
  const result = await act(shell, { cmd: 'echo out; echo err >&2; exit 42' })
  assert.is(result.failure?.code, 'failed')
  assert.is(result.values?.rc, 42)
  assert.equal(result.values?.stdout_lines, ['out'])
  assert.is(result.values?.stderr, 'err')
})

test('a missing program is said to be missing, with code 2', async () => {
  const result = await act(command, { cmd: 'no-such-program-here' })
  assert.is(result.values?.rc, 2)
  assert.match(result.failure?.message ?? '', /no-such-program-here/)
})

test('in a plan nothing runs', async () => {
  const file = join(folder, 'made')
  const result = await act(command, { cmd: `touch ${file}` }, { check: true })
  assert.is(result.skipped, true)
  assert.is(existsSync(file), false)
})

test('creates keeps a command from running twice', async () => {
  const file = join(folder, 'once')
  const args = { cmd: `touch ${file}`, creates: file }
  assert.is((await act(command, args)).changed, true)
  const again = await act(command, args)
  assert.is(again.changed, false)
  assert.match(String(again.values?.stdout), /skipped, since .* exists/)
})

test('stdin is given with a newline', async () => {
  assert.is((await act(shell, { cmd: 'wc -l', stdin: 'x' })).values?.stdout, '1')
})

test.run()
