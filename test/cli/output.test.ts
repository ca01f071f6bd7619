import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { dropWhatCannotBeWritten, exitWhere } from '../../src/cli/output.ts'

/** A stream on which every write ends so. */
function failing(code: string, said: string[] = []): Writable {
  return new Writable({
    write: (chunk, _, done) => {
      said.push(String(chunk))
      done(code === '' ? null : Object.assign(new Error(code), { code }))
    },
  })
}

test('a full disk and a terminal that is gone are told once, and the rest is dropped', async () => {
  for (const code of ['ENOSPC', 'EIO', 'EBADF', 'EFBIG']) {
    const said: string[] = []
    const out = failing(code)
    const output = dropWhatCannotBeWritten({ out, err: failing('', said) })
    for (const line of ['a', 'b', 'c']) {
      out.write(line)
      await turn()
    }
    assert.is(output.lost(), true)
    assert.equal(said, [
      `weft: standard output cannot be written to (${code}). The rest of the output is dropped; the work goes on.\n`,
    ])
  }
})

test('a standard error that cannot be written either changes nothing', async () => {
  const out = failing('EIO')
  const output = dropWhatCannotBeWritten({ out, err: failing('EIO') })
  out.write('a')
  await turn()
  await turn()
  assert.is(output.lost(), true)
})

test('a reader that leaves early misses nothing', async () => {
  const said: string[] = []
  const out = failing('EPIPE')
  const output = dropWhatCannotBeWritten({ out, err: failing('', said) })
  out.write('a')
  await turn()
  assert.is(output.lost(), false)
  assert.equal(said, [])
})

test('where output was lost, no exit code says that all is well', () => {
  assert.equal(
    [0, 1, 2, 3, 4].map(code => exitWhere(true, code)),
    [1, 1, 1, 3, 4],
  )
  assert.equal(
    [0, 1, 2, 3, 4].map(code => exitWhere(false, code)),
    [0, 1, 2, 3, 4],
  )
})

test.run()
