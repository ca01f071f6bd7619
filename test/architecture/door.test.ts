import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sourceFiles } from './source-files.ts'

/** Calls of what changes a target, on something that is called a device. */
const CHANGES = /\bdevice\b[^\n;]{0,40}\.(write|commit|revert)\(/

const outside = sourceFiles('src').filter(({ path }) => !/^src\/(run\/door|device|lab)\//.test(path))

test('nothing but the door calls what changes a device', () => {
  assert.equal(
    outside.filter(({ text }) => CHANGES.test(text)).map(({ path }) => path),
    [],
  )
})

test('modules know no device: they are handed its reading side, and the door', () => {
  const modules = sourceFiles('src/modules')
  assert.equal(
    modules
      .filter(({ text }) => /model\/device\.ts|from '\.\.\/\.\.\/(device|connection)\//.test(text))
      .map(({ path }) => path),
    [],
  )
})

/** Files, processes and connections. include_vars reads files of the repository, by functions that cannot write. */
const WAYS_OUT =
  /from '(?:node:)?(?:fs|fs\/promises|child_process|net|tls|https?|http2|dgram|worker_threads)'|'(?:zx|ssh2|execa)(?:\/[^']*)?'|\bfetch\(/g
const READING = "import { readdirSync, readFileSync, statSync } from 'node:fs'"

test('modules have no way out of their own: no files, no processes, no connections', () => {
  const leaving = sourceFiles('src/modules').filter(({ path, text }) => {
    const own = path === 'src/modules/play/include-vars.ts' ? text.replace(READING, '') : text
    return own.match(WAYS_OUT) !== null
  })
  assert.equal(
    leaving.map(({ path }) => path),
    [],
  )
  assert.match("import { writeFileSync } from 'node:fs'", new RegExp(WAYS_OUT))
})

test('the check of calls sees a forbidden one', () => {
  assert.match('const outcome = await device.write([intent])', CHANGES)
  assert.match('await (await deviceFor(scene)).device.commit()', CHANGES)
})

test.run()
