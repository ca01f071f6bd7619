import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { markdownReport } from '../../src/report/markdown.ts'

test('a fence is longer than any run of backticks that a device sends', async () => {
  const written: string[] = []
  const report = markdownReport({ write: text => written.push(text) })
  const time = '2026-01-01T00:00:00.000Z'
  report.emit({ event: 'run-started', time, run: 'r', mode: 'plan', playbooks: [], version: '1' })
  report.emit({
    event: 'host-result',
    time,
    play: 'p',
    task: 't',
    id: 'i',
    action: 'nxos_config',
    at: { file: 'a.yml', line: 1, column: 1 },
    host: 'leaf-101',
    status: 'changed',
    seconds: 0,
    changes: [{ resource: 'banner motd', action: 'create', lines: ['+```` # not a title'] }],
  })
  report.emit({ event: 'run-finished', time, seconds: 1, exit: 2, hosts: {} })
  await report.end()
  assert.match(written.join(''), '`````diff\n+ banner motd\n+```` # not a title\n`````')
})

test('the name of a task, which may hold what a device said, is no markup', async () => {
  const written: string[] = []
  const report = markdownReport({ write: text => written.push(text) })
  const time = '2026-01-01T00:00:00.000Z'
  report.emit({ event: 'run-started', time, run: 'r', mode: 'plan', playbooks: [], version: '1' })
  report.emit({ event: 'warning', time, text: 'odd\n# <b>title' })
  report.emit({
    event: 'host-result',
    time,
    play: 'p',
    task: 'x** ``` <img src=x> [yes](http://192.0.2.1)',
    id: 'i',
    action: 'debug',
    at: { file: 'a.yml', line: 1, column: 1 },
    host: 'leaf-101',
    status: 'changed',
    seconds: 0,
  })
  report.emit({ event: 'run-finished', time, seconds: 1, exit: 2, hosts: {} })
  await report.end()
  assert.match(written.join(''), '**x\\*\\* \\`\\`\\` &lt;img src=x&gt; \\[yes\\](http://192.0.2.1)**: changed')
  assert.match(written.join(''), '> warning: odd # &lt;b&gt;title')
})

test.run()
