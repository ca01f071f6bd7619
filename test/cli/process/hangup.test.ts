import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isHangupIgnored } from '../../../src/cli/process/hangup.ts'
import { folderOf } from '../../support/folder.ts'

/** A /proc of a process whose standard input was opened so, below a parent that ignores these signals. */
function processes({ flags = '02100000', ignored = '0000000000001000' }) {
  return {
    parent: 7,
    proc: folderOf({ 'self/fdinfo/0': `pos:\t0\nflags:\t${flags}\nmnt_id:\t7\n`, '7/status': `SigIgn:\t${ignored}\n` }),
  }
}

test('a hang-up counts in a shell, in a pipe and under a service', () => {
  for (const environment of [{}, { _: '/usr/bin/node' }, { _: '/usr/bin/npm' }, { _: '/home/nohup/bin/weft' }])
    assert.is(isHangupIgnored(environment, processes({})), false, JSON.stringify(environment))
  assert.is(isHangupIgnored({}, processes({ flags: '02' })), false, 'a terminal, opened to read and write')
  assert.is(isHangupIgnored({}, processes({ ignored: '0000000000384004' })), false)
})

test('nohup is seen by its name, by the standard input it closed, and by a parent that ignores hang-ups', () => {
  assert.is(isHangupIgnored({ _: '/usr/bin/nohup' }, processes({})), true)
  assert.is(isHangupIgnored({ _: 'nohup' }, processes({})), true)
  assert.is(isHangupIgnored({}, processes({ flags: '02100001' })), true)
  assert.is(isHangupIgnored({}, processes({ ignored: '0000000000001001' })), true)
})

test('a system without /proc has only the name', () => {
  assert.is(isHangupIgnored({}, { proc: '/nonexistent', parent: 7 }), false)
  assert.is(isHangupIgnored({ _: '/usr/bin/nohup' }, { proc: '/nonexistent', parent: 7 }), true)
})

test.run()
