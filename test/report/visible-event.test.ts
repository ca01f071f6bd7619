import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunEvent } from '../../src/model/event.ts'
import { visible, visibleLine } from '../../src/model/visible.ts'
import { jsonReport } from '../../src/report/json.ts'
import { markdownReport } from '../../src/report/markdown.ts'
import { plainReport } from '../../src/report/plain.ts'
import type { Reporter, ReportOptions } from '../../src/report/reporter.ts'

const test = suite('report/visible-event')

const HOSTILE = [
  '\u001b]52;c;Y2FuYXJ5\u0007', // writes the clipboard
  '\u001b]0;title\u001b\\',
  '\u001bP+q544e\u001b\\', // asks the terminal
  '\u001bc',
  '\u001b[2J',
  '\u001b[31m',
  '\u009b2J',
  '\u0085',
  '\r',
  '\b\b\b',
  '\u0000',
  '\u007f',
  '\u202egnp.exe',
  '\u2066',
  '\u2069',
  '\u200f',
  '\u2028',
]
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('a', ' ', '`', '\n', '\t'),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map(parts => parts.join(''))

const place = fc.record({ file: text, line: fc.nat(99), column: fc.nat(99) })
const failure = fc.record({
  code: fc.constantFrom('rejected', 'invalid'),
  message: text,
  at: place,
  device: fc.record({ said: text, line: text, context: fc.array(text, { maxLength: 2 }) }),
  remedy: text,
  aftermath: text,
})
const change = fc.record({
  resource: text,
  action: fc.constantFrom('create', 'update', 'delete'),
  lines: fc.array(
    text.map(line => `+${line}`),
    { maxLength: 2 },
  ),
  disrupts: text,
  oneWay: text,
})
const config = change.map(of => ({ ...of, form: 'config' }))
const named = {
  play: text,
  task: text,
  id: text,
  time: text,
  host: text,
  action: fc.oneof(text, fc.constant('debug')),
  at: place,
}
const msg = fc.oneof(text, fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 2 }))
const event = fc.oneof(
  fc.record({
    event: fc.constant('run-started'),
    time: text,
    run: text,
    mode: fc.constantFrom('plan', 'run'),
    playbooks: fc.array(text, { maxLength: 2 }),
    version: text,
  }),
  fc.record({ event: fc.constant('play-started'), time: text, play: text, hosts: fc.array(text, { maxLength: 2 }) }),
  fc.record({ event: fc.constant('task-started'), ...named, hosts: fc.array(text, { maxLength: 2 }) }),
  fc.record({ event: fc.constant('host-progress'), time: text, host: text, step: fc.constant('writing'), text }),
  fc.record({
    event: fc.constant('host-result'),
    ...named,
    status: fc.constantFrom('ok', 'changed', 'failed', 'unreachable', 'ignored'),
    seconds: fc.nat(9),
    msg,
    changes: fc.array(fc.oneof(change, config), { maxLength: 2 }),
    diff: fc.array(fc.record({ before: text, after: text, header: text }), { maxLength: 1 }),
    delegate: text,
  }),
  fc.record({
    event: fc.constant('host-result'),
    ...named,
    status: fc.constantFrom('failed', 'unreachable'),
    seconds: fc.nat(9),
    failure,
  }),
  fc.record({
    event: fc.constant('host-result'),
    ...named,
    status: fc.constant('changed'),
    seconds: fc.nat(9),
    items: fc.array(fc.record({ item: msg, status: fc.constant('ok'), msg }), { maxLength: 2 }),
  }),
  fc.record({ event: fc.constant('warning'), time: text, text, host: text }),
) as fc.Arbitrary<RunEvent>
const end = fc.record({
  event: fc.constant('run-finished'),
  time: text,
  seconds: fc.nat(9),
  exit: fc.nat(4),
  hosts: fc.dictionary(
    text,
    fc.constant({ ok: 1, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 }),
    { maxKeys: 2 },
  ),
  failure,
  next: text,
}) as fc.Arbitrary<RunEvent>

const REPORTS: Readonly<Record<string, (options: ReportOptions) => Reporter>> = {
  plain: plainReport,
  markdown: markdownReport,
  json: jsonReport,
}

/** weft's own colours: bold, dim, and the eight of styleText. */
const OWN = /\u001b\[(1|2|22|3[0-9])m/g
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

for (const [name, create] of Object.entries(REPORTS)) {
  for (const colour of [false, true]) {
    test(`the ${name} report ${colour ? 'in colour ' : ''}writes no control character that is not its own, whatever stands in any text`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { maxLength: 6 }), end, async (events, last) => {
          let written = ''
          const report = create({
            write: part => {
              written += part
            },
            colour,
            diff: true,
            verbosity: 2,
          })
          for (const each of [...events, last]) report.emit(each)
          await report.end()
          const bare = colour && name !== 'json' ? written.replace(OWN, '') : written
          assert.not.match(bare, UNSEEN)
          if (name === 'json') {
            const read = written
              .trimEnd()
              .split('\n')
              .map(line => JSON.parse(line))
            assert.equal(read, JSON.parse(JSON.stringify([...events, last])))
          }
        }),
        { numRuns: 150 },
      )
    })
  }
}

test('colours that a text brings along are none of the report', async () => {
  let written = ''
  const report = plainReport({
    write: part => {
      written += part
    },
    colour: true,
    diff: true,
    verbosity: 0,
  })
  report.emit({ event: 'warning', time: '', text: '\u001b[32mall well\u001b[0m' })
  await report.end()
  assert.is(written, '\u001b[33mwarning: \\x1b[32mall well\\x1b[0m\u001b[39m\n')
})

test('a name is one line: a newline in it makes no line that nobody wrote; texts keep their lines and tabs', async () => {
  assert.is(visibleLine('Task\nok leaf-101\t'), 'Task\\nok leaf-101\\t')
  assert.is(visible('a\n\tb\u202e\u0085'), 'a\n\tb\\u202e\\x85')
  assert.is(visible('äöü 漢字 🙂'), 'äöü 漢字 🙂')
})

test.run()
