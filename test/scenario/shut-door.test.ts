import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { modules } from '../../src/modules/index.ts'
import { executeIn, repository } from '../support/in-process.ts'
import { holdsForMany } from '../support/many.ts'
import { POISON } from '../support/random/keywords.ts'
import { CHANGING, MODULE_TASKS } from '../support/random/module-tasks.ts'
import { playbooks } from '../support/random/playbooks.ts'
import { watch } from '../support/watch.ts'
import { weft } from '../support/weft.ts'
import { type WholeLab, wholeLab } from '../support/whole-lab.ts'

const test = suite('the door of a plan')
let lab: WholeLab
test.before(async () => {
  lab = await wholeLab()
})
test.after(() => lab.close())

const hosts = () => ['leaf-a', 'apic1', 'node-1', 'localhost', ...(lab.cluster ? ['blue'] : [])]

/** Does something with a playbook, and says what the lab, the folder and the processes saw of it. */
async function seenOf(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = repository(lab, files)
  const watching = watch(lab, folder)
  try {
    await work(folder)
    return watching.seen().join('\n')
  } finally {
    watching.end()
  }
}

function refuseTraces(seen: string): void {
  if (seen !== '') throw new Error(`Something was done:\n${seen}`)
}

test('every module has arguments to be tried with', () => {
  assert.equal(Object.keys(MODULE_TASKS).sort(), modules.map(({ names: [name] }) => name).sort())
})

/** Tasks of each module that go to its own kind of host, and insist on being run. */
function eachModule(): Record<string, string> {
  const tasks = Object.entries(MODULE_TASKS).flatMap(([name, { of, args }]) => {
    if (of !== null && of !== 'machine' && !hosts().includes(of)) return []
    const delegates = of === null ? ['localhost'] : of === 'machine' ? ['node-1', 'localhost'] : [of]
    const samples = fc.sample(args, { numRuns: CHANGING.test(name) ? 3 : 1, seed: 7 })
    return delegates.flatMap(delegate_to =>
      samples.map(given => ({
        name,
        [name]: given,
        delegate_to,
        check_mode: false,
        ignore_errors: true,
        vars: POISON,
      })),
    )
  })
  const play = { hosts: 'localhost', gather_facts: false, check_mode: false, vars: POISON, tasks }
  return { 'site.yml': JSON.stringify([play]), 'vars/poison.yml': JSON.stringify(POISON) }
}

test('of every module that insists, a plan lists what it would change and does nothing; a run is seen doing it', async () => {
  const files = eachModule()
  const planned = new Set<string>()
  const inPlan = await seenOf(files, async folder => {
    const { plan } = await executeIn(lab, folder, { mode: 'plan', keepsPlan: {} })
    for (const { title, kind } of plan?.document.intents ?? []) planned.add(`${kind} ${title.split(' ')[0]}`)
  })
  refuseTraces(inPlan)
  const kube = lab.cluster ? ['kube k8s'] : []
  const others = ['linux copy', 'linux runs', 'linux sends', 'linux template', 'nxos nxos_config', 'nxos types']
  assert.equal([...planned].sort(), ['apic apic_rest', 'apic apic_tree', ...kube, ...others])
  const inRun = await seenOf(files, folder => executeIn(lab, folder))
  const traces = [
    /^typed on/,
    /^apic:/,
    /^file canary/,
    /^the web server was asked POST/,
    /^run on the node/,
    /^started here/,
  ]
  for (const trace of [...traces, ...(lab.cluster ? [/^kube:/] : [])]) assert.match(inRun, new RegExp(trace, 'm'))
})

test('whatever a playbook says, a plan writes nothing, starts nothing and asks nothing of a web server', async () => {
  const cases = fc.tuple(playbooks(hosts()), fc.constantFrom({}, POISON))
  await holdsForMany(cases, { runs: 40, seconds: 6 }, async ([files, extraVars]) => {
    refuseTraces(await seenOf(files, folder => executeIn(lab, folder, { mode: 'plan', extraVars, keepsPlan: {} })))
  })
})

test('nor do the commands that only look: plan, run --check, the listings and doctor', async () => {
  const lists = ['--list-hosts', '--list-tasks', '--syntax-check'].map(flag => ['run', 'site.yml', flag])
  const commands = [['plan', 'site.yml'], ['run', 'site.yml', '--check'], ...lists, ['doctor']]
  const cases = fc.tuple(playbooks(hosts()), fc.constantFrom(...commands))
  await holdsForMany(cases, { runs: 12, seconds: 6 }, async ([files, words]) => {
    const own = repository(lab, {})
    const all = { ...files, 'extra.json': JSON.stringify({ ...POISON, web: lab.web.url }) }
    const seen = await seenOf(all, async folder => {
      const given = ['-i', 'hosts.yml', '-e', '@extra.json', '-e', `canary=${folder}/canary`]
      const environment = { WEFT_LEDGER: `${own}/ledger.db`, HOME: own, XDG_CONFIG_HOME: own }
      const { code, err } = await weft([...words, ...given], { folder, environment })
      assert.ok(code === 0 || code === 1 || code === 2 || code === 4, `${words.join(' ')}: ${code} ${err}`)
    })
    refuseTraces(seen)
  })
})

test.run()
