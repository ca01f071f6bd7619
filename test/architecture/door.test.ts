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

test('the check of calls sees a forbidden one', () => {
  assert.match('const outcome = await device.write([intent])', CHANGES)
  assert.match('await (await deviceFor(scene)).device.commit()', CHANGES)
})

test.run()
