import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Open } from '../../../src/run/options.ts'
import { type KubeLab, startKubeLab } from '../../support/kube-lab.ts'
import { testWithKubectl } from '../../support/where.ts'
import { type Tried, tryRun } from '../try.ts'
import { moves, templateOf } from './moves.ts'
import { objectsOf, peersFor } from './peers.ts'
import { type Source, sources } from './sources.ts'
import { anyHostileText, hostileTexts, isText, isUntouched } from './texts.ts'
import { type HostResult, uses } from './uses.ts'

const test = suite('run/trust')

/** Made by any text that is evaluated. */
const file = join(mkdtempSync(join(tmpdir(), 'weft-trust-')), 'ran')
const all = hostileTexts(file)
/** Every third text, begun elsewhere for each source: each way meets each text from several sources, in a third of the time. */
const textsFor = (name: string) => all.filter((_, at) => (at + Object.keys(sources).indexOf(name)) % 3 === 0)
const CLUSTER = 'an object of a cluster'
const MODES = ['plan', 'run'] as const
type Mode = (typeof MODES)[number]

let lab: Promise<KubeLab> | null = null
test.after(async () => (await lab)?.close())
const noCluster: Open<'kube'> = async () => {
  throw new Error('no cluster in this test')
}
const cluster: Open<'kube'> = async () => {
  lab ??= startKubeLab(objectsOf(textsFor(CLUSTER)))
  return (await lab).open()
}

interface Trial {
  readonly tasks: string
  readonly files?: Readonly<Record<string, string>>
  readonly mode: Mode
  readonly given: readonly string[]
  readonly kube?: Open<'kube'>
}

async function tryTasks({ tasks, files = {}, mode, given, kube = noCluster }: Trial): Promise<Tried> {
  const peers = peersFor(given, kube)
  const { nxos, apic } = peers
  const playbook = `- hosts: texts\n  gather_facts: false\n  tasks:\n${tasks.replaceAll(/^(?=.)/gm, '    ')}`
  return tryRun(
    { ...peers.files, ...files, 'playbook.yml': playbook },
    {
      mode,
      fabric: peers.fabric,
      extraVars: { outside: peers.outside },
      open: { nxos, apic, kube: peers.kube },
      forks: 20,
    },
  )
}

function resultsOf(tried: Tried, task: string): HostResult[] {
  return tried.events.filter((event): event is HostResult => event.event === 'host-result' && event.task === task)
}

/** What went wrong with a task, by the text that it was given; empty when it is right for all. */
function wrongs(
  tried: Tried,
  task: string,
  isRight: (result: HostResult, text: string) => boolean,
  given: readonly string[],
) {
  const results = new Map(resultsOf(tried, task).map(result => [result.host, result]))
  const wrong = given.flatMap((text, at) => {
    const result = results.get(`t${at}`)
    return result && isRight(result, text) ? [] : [{ task, text, result: result ?? 'never reached' }]
  })
  return wrong.length === 0 ? '' : `${JSON.stringify(wrong.slice(0, 3), null, 1)}\n${failuresOf(tried)}`
}

function failuresOf(tried: Tried): string {
  return tried.events
    .flatMap(event =>
      event.event === 'host-result' && event.status === 'failed'
        ? [`${event.host} ${event.task} ${event.failure?.message}`]
        : [],
    )
    .slice(0, 10)
    .join('\n')
}

/** All moves from one source, one after the other, each told by a task of its own. */
function everyMove(source: Source, mode: Mode): { tasks: string; files: Record<string, string>; names: string[] } {
  const able = Object.entries(moves).filter(([, move]) => mode === 'run' || !move.runOnly)
  const files = Object.assign({}, ...able.map(([, move], n) => move.files?.(source.value, n) ?? {}))
  const tasks = able.map(
    ([name, move], n) =>
      `${move.tasks(source.value, n)}- { name: ${JSON.stringify(`after ${name}`)}, debug: { msg: ${templateOf(move.to(source.value, n))} } }\n`,
  )
  return { tasks: source.tasks + tasks.join(''), files, names: able.map(([name]) => `after ${name}`) }
}

for (const mode of MODES)
  for (const [name, source] of Object.entries(sources)) {
    if (mode === 'plan' && source.runOnly) continue
    const isCluster = name === CLUSTER
    const given = textsFor(name)
    const declare = isCluster ? testWithKubectl(test) : test
    const kube = isCluster ? cluster : noCluster

    declare(`in a ${mode}, ${name} comes out letter for letter, whichever way it travels`, async () => {
      const { tasks, files, names } = everyMove(source, mode)
      const tried = await tryTasks({ tasks, files, mode, kube, given })
      for (const each of names)
        assert.is(
          wrongs(tried, each, (result, text) => isText(result.msg, text), given),
          '',
        )
      assert.ok(isUntouched(file))
    })

    declare(`in a ${mode}, ${name} is no template and no expression, wherever it ends`, async () => {
      const able = uses.filter(use => mode === 'run' || !use.runOnly)
      const tasks = source.tasks + able.map(use => use.tasks(source.value)).join('')
      const tried = await tryTasks({ tasks, mode, kube, given })
      for (const use of able) assert.is(wrongs(tried, use.name, use.isRight, given), '')
      assert.ok(isUntouched(file))
    })
  }

for (const [name, source] of Object.entries(sources)) {
  const isCluster = name === CLUSTER
  const given = textsFor(name)
  const declare = isCluster ? testWithKubectl(test) : test
  declare(`${name} that is to name a handler names it letter for letter`, async () => {
    const notify = `- { debug: , changed_when: true, notify: ${templateOf(source.value)} }\n`
    const tried = await tryTasks({
      tasks: source.tasks + notify,
      mode: 'run',
      kube: isCluster ? cluster : noCluster,
      given,
    })
    assert.ok(isUntouched(file))
    const told = JSON.stringify(tried)
    const named = given.filter(text => told.includes(JSON.stringify(`The handler '${text}' was`).slice(1, -1)))
    assert.ok(named.length > 0, told.slice(0, 2000))
  })
}

const plain = Object.entries(sources).filter(([name]) => name !== CLUSTER)
const steps = Object.keys(moves)

test('any text comes through any chain of ways, and is evaluated at none of them', async () => {
  const chain = fc.record({
    given: fc.array(anyHostileText(file), { minLength: 4, maxLength: 4 }),
    from: fc.constantFrom(...plain.map(([name]) => name)),
    by: fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 4 }),
    mode: fc.constantFrom(...MODES),
    end: fc.nat(uses.length - 1),
  })
  await fc.assert(
    fc.asyncProperty(chain, async ({ given, from, by, mode, end }) => {
      const source = sources[from] as Source
      const way = by.map(name => moves[name]).filter(move => move !== undefined)
      if (mode === 'plan' && (source.runOnly || way.some(move => move.runOnly))) return
      let [value, tasks] = [source.value, source.tasks]
      const files: Record<string, string> = {}
      for (const [n, move] of way.entries()) {
        tasks += move.tasks(value, n)
        Object.assign(files, move.files?.(value, n))
        value = move.to(value, n)
      }
      const use = uses[end]
      const last = `- { name: shows, debug: { msg: ${templateOf(value)} } }\n${use?.tasks(value) ?? ''}`
      const tried = await tryTasks({ tasks: tasks + last, files, mode, given })
      assert.is(
        wrongs(tried, 'shows', (result, text) => isText(result.msg, text), given),
        '',
      )
      if (use) assert.is(wrongs(tried, use.name, use.isRight, given), '')
      assert.ok(isUntouched(file))
    }),
    // A failure tells enough as it is: making it smaller takes minutes.
    { numRuns: 30, endOnFailure: true },
  )
})

test.run()
