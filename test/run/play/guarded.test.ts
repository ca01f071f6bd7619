import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newFabric } from '../line-device.ts'
import { type Tried, tryRun } from '../try.ts'
import { filesOf, HOSTS, type Sketch, sketches } from './random-play.ts'

const test = suite('run/guarded')

type Mapping = Record<string, unknown>

/** Breaks on the host `victim` only; elsewhere it says `otherwise`. */
const broken = (otherwise: string) => `{{ nope if inventory_hostname == victim else ${otherwise} }}`
const line = (defect: string) => ({
  broken_line: { line: 'x', defect: `{{ '${defect}' if inventory_hostname == victim else '' }}` },
})

/** Tasks in which something throws on one host, beside or within their own work. */
const faults: Readonly<Record<string, Mapping>> = {
  'a handler that is not there': {
    debug: {},
    changed_when: true,
    notify: "{{ 'nobody' if inventory_hostname == victim else 'told' }}",
  },
  'a template in a notify': { debug: {}, changed_when: true, notify: broken("'told'") },
  'a notify of a device task': { keep_line: { line: 'n' }, changed_when: true, notify: broken("'told'") },
  changed_when: { debug: {}, changed_when: 'inventory_hostname != victim or nope' },
  failed_when: { keep_line: { line: 'f' }, failed_when: 'inventory_hostname == victim and nope' },
  until: { debug: {}, until: 'inventory_hostname != victim or nope', retries: 2, delay: 0 },
  retries: { debug: {}, until: 'true', retries: broken('1'), delay: 0 },
  'a loop': { debug: {}, loop: broken("['a']") },
  'the label of a loop': { debug: {}, loop: ['a', 'b'], loop_control: { label: broken('item') } },
  when: { debug: {}, when: 'inventory_hostname != victim or nope' },
  vars: { debug: { msg: '{{ own }}' }, vars: { own: broken('1') } },
  delegate_to: { debug: {}, delegate_to: broken('inventory_hostname') },
  check_mode: { keep_line: { line: 'c' }, check_mode: broken('false') },
  'an include': { include_tasks: broken("'more.yml'"), vars: { of: 'x' } },
  'a file that is not there': {
    include_tasks: "{{ 'gone.yml' if inventory_hostname == victim else 'more.yml' }}",
    vars: { of: 'x' },
  },
  'the condition of meta': { meta: 'flush_handlers', when: 'inventory_hostname != victim or nope' },
  ...Object.fromEntries(['observe', 'plan', 'render', 'result'].map(step => [`a defect in ${step}`, line(step)])),
}

/** Throw for all hosts at the task. */
const shared: Readonly<Record<string, Mapping>> = {
  throttle: { debug: {}, throttle: '{{ nope }}' },
  run_once: { debug: {}, run_once: '{{ nope }}' },
  'a throttle that is no number': { debug: {}, throttle: "{{ 'many' }}" },
  'run_once of an include': { include_tasks: 'more.yml', run_once: '{{ nope }}' },
  'a meta that is not known': { meta: '{{ nope }}' },
}

/** What throws, but takes nothing from the task. */
const harmless: Readonly<Record<string, Mapping>> = {
  'a name': { name: '{{ nope }} x', debug: {} },
  ignore_errors: { debug: {}, ignore_errors: '{{ nope }}' },
  no_log: { debug: {}, no_log: '{{ nope }}' },
  prefetch: { ...line('prefetch') },
  asksNow: { broken_line: { line: 'x', password: 'asksNow' } },
}

/** A random play with a task put in somewhere at its top. */
function filesWith(
  steps: readonly Sketch[],
  { task, at, victim, strategy }: { task: Mapping; at: number; victim: string; strategy: string },
) {
  const files = filesOf(steps, { strategy, vars: { victim } })
  const [play] = JSON.parse(files['playbook.yml'] as string) as [{ tasks: Mapping[] }]
  play.tasks.splice(at % (play.tasks.length + 1), 0, { name: 'faulty', ...task })
  return { ...files, 'playbook.yml': JSON.stringify([play], null, 1) }
}

const shownBy = (host: string, tried: Tried) =>
  tried.events.flatMap(event =>
    event.event === 'host-result' && event.host === host ? [`${event.task} ${event.status}`] : [],
  )

/** The run came to its end: no error of its own, everything told, every device let go. */
function assertEnded(tried: Tried, log: readonly string[], text: string): void {
  assert.is(tried.failure, undefined, text)
  assert.is(tried.events.at(-1)?.event, 'run-finished')
  assert.is(log.filter(entry => entry.endsWith(' open')).length, log.filter(entry => entry.endsWith(' close')).length)
  for (const event of tried.events) {
    if (event.event !== 'host-result' || event.status !== 'failed') continue
    assert.is(event.failure?.at?.file, 'playbook.yml', text)
    assert.ok((event.failure?.at?.line ?? 0) > 0)
  }
}

const anywhere = [
  sketches,
  fc.nat({ max: 4 }),
  fc.constantFrom('linear', 'free'),
  fc.constantFrom('run', 'plan'),
] as const

test('whatever throws within a host’s task is that host’s failed result, and the others do what they would have done', async () => {
  const kinds = fc.constantFrom(...Object.entries(faults))
  await fc.assert(
    fc.asyncProperty(kinds, ...anywhere, async ([text, task], steps, at, strategy, mode) => {
      const fabric = newFabric()
      const with_ = (victim: string) => filesWith(steps, { task, at, victim, strategy })
      const tried = await tryRun(with_('leaf2'), { fabric, mode: mode as 'run' })
      const sound = await tryRun(with_('nobody'), { mode: mode as 'run' })
      assertEnded(tried, fabric.log, text)
      for (const host of HOSTS.filter(each => each !== 'leaf2'))
        assert.equal(shownBy(host, tried), shownBy(host, sound), text)
      const [own, would] = [shownBy('leaf2', tried), shownBy('leaf2', sound)]
      const reached = would.findIndex(entry => entry.startsWith('faulty'))
      // A meta task tells nothing where it goes well.
      if (text !== 'the condition of meta') assert.is(own[reached], reached < 0 ? undefined : 'faulty failed', text)
      assert.equal(own.slice(0, Math.max(0, reached)), would.slice(0, Math.max(0, reached)))
    }),
    { numRuns: 80 },
  )
})

test('what throws for all hosts of a task fails it on each, and the run ends well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(shared)),
      ...anywhere,
      async ([text, task], steps, at, strategy, mode) => {
        const fabric = newFabric()
        const files = filesWith(steps, { task, at, victim: '', strategy })
        const tried = await tryRun(files, { fabric, mode: mode as 'run' })
        assertEnded(tried, fabric.log, text)
        const told = HOSTS.flatMap(host => shownBy(host, tried)).filter(entry => entry.startsWith('faulty'))
        assert.ok(
          told.every(entry => entry === 'faulty failed'),
          told.join(),
        )
      },
    ),
    { numRuns: 30 },
  )
})

test('what throws where nothing depends on it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(harmless)),
      ...anywhere,
      async ([text, task], steps, at, strategy, mode) => {
        const fabric = newFabric()
        const files = filesWith(steps, { task, at, victim: 'leaf2', strategy })
        const tried = await tryRun(files, { fabric, mode: mode as 'run' })
        const sound = await tryRun(filesWith(steps, { task: { debug: {} }, at, victim: '', strategy }), {
          mode: mode as 'run',
        })
        assertEnded(tried, fabric.log, text)
        const plain = (each: Tried, host: string) =>
          shownBy(host, each).map(entry => entry.replace(/^(faulty|.*nope.* x) (ok|changed)/, 'faulty'))
        for (const host of HOSTS) assert.equal(plain(tried, host), plain(sound, host), text)
      },
    ),
    { numRuns: 30 },
  )
})

test.run()
