import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import type { RunEvent } from '../../src/model/event.ts'
import { executeIn, repository } from '../support/in-process.ts'
import { holdsForMany } from '../support/many.ts'
import { REFUSED, type Wanted, wantedTasks } from '../support/random/wanted.ts'
import { differences, standing } from '../support/standing.ts'
import { hasKubectl } from '../support/where.ts'
import { type WholeLab, wholeLab } from '../support/whole-lab.ts'

const test = suite('a run that fails in its middle')
type Host = Wanted['host']
const HOSTS: readonly Host[] = ['leaf-a', 'apic1', 'node-1', ...(hasKubectl() ? ['blue' as const] : [])]

interface Case {
  readonly hosts: readonly Host[]
  readonly tasks: readonly Wanted[]
  /** Where the refused task stands. */
  readonly at: number
  readonly host: Host
  /** It is in a block whose rescue goes on. */
  readonly rescued: boolean
}

/** Two kinds at a time: a case is six runs. */
const cases = fc.subarray([...HOSTS], { minLength: 1, maxLength: 2 }).chain(hosts =>
  fc
    .record({
      tasks: wantedTasks(hosts, { most: 6 }),
      at: fc.nat(6),
      host: fc.constantFrom(...hosts),
      rescued: fc.boolean(),
    })
    .map(({ tasks, at, ...rest }): Case => ({ hosts, tasks, at: at % (tasks.length + 1), ...rest })),
)

type Step = Readonly<Record<string, unknown>>
const stepOf = ({ host, task }: Pick<Wanted, 'host' | 'task'>): Step => ({
  ...task,
  when: `inventory_hostname == '${host}'`,
})

const FILES = { 'files/refused/1.txt': 'good\n', 'files/refused/2.txt': 'bad\n' }

function playbook(hosts: readonly Host[], steps: readonly Step[]): string {
  return JSON.stringify([{ hosts: hosts.join(','), gather_facts: false, tasks: steps }])
}

/** The tasks with the refused one among them. */
function broken({ tasks, at, host, rescued }: Case): Step[] {
  const refused = stepOf({ host, task: REFUSED[host] })
  const block = { block: [refused], rescue: [{ debug: { msg: 'rescued' } }] }
  return [...tasks.slice(0, at).map(stepOf), rescued ? block : refused, ...tasks.slice(at).map(stepOf)]
}

/** What is to be there after it: all but what its host had still before it. */
function reached({ tasks, at, host, rescued }: Case): Step[] {
  return tasks.filter((task, place) => rescued || place < at || task.host !== host).map(stepOf)
}

/** While something is written, what REFUSED says is refused; before and after it would not be. */
function refusing(lab: WholeLab, event: RunEvent): void {
  if (event.event !== 'host-progress' || event.step !== 'writing') return
  lab.leaf.setFaults({ reject: [{ pattern: '^description bad$', text: 'ERROR: not now' }] })
  lab.cluster?.setFaults([{ verb: 'patch', resource: 'configmaps', name: 'bad', status: 403 }])
}

interface Wish {
  readonly lab: WholeLab
  readonly folder: string
  readonly hosts: readonly Host[]
  readonly steps: readonly Step[]
  readonly exit: number
  readonly mode?: 'plan' | 'run'
  readonly refuses?: boolean
}

/** Runs or plans it; gives back what was said of failures. Throws for another exit code. */
async function ended({ lab, folder, hosts, steps, exit, mode = 'run', refuses = false }: Wish): Promise<string> {
  writeFileSync(join(folder, 'site.yml'), playbook(hosts, steps))
  const end = await executeIn(lab, folder, { mode, onEvent: event => refuses && refusing(lab, event) })
  lab.leaf.setFaults({})
  lab.cluster?.setFaults([])
  const said = end.events.flatMap(event =>
    event.event === 'host-result' && event.failure
      ? [`${event.host} ${event.action}: ${event.failure.message} ${event.failure.aftermath ?? ''}`]
      : [],
  )
  const lines = [...said, end.failure?.message ?? ''].join('\n')
  if (end.exit !== exit) throw new Error(`The ${mode} ended with ${end.exit}, not ${exit}:\n${lines}`)
  return lines
}

test('leaves everything as if the failed task had not been there; run again without it, all is as wanted, and a plan is empty', async () => {
  await holdsForMany(cases, { runs: 20, seconds: 9 }, async each => {
    const [lab, other] = await Promise.all([labFor(each), labFor(each)])
    try {
      await goThrough(each, lab, other)
    } finally {
      await Promise.all([lab.close(), other.close()])
    }
  })
})

function labFor({ hosts }: Case): Promise<WholeLab> {
  return wholeLab({ kube: hosts.includes('blue') })
}

async function goThrough(each: Case, lab: WholeLab, other: WholeLab): Promise<void> {
  const { hosts } = each
  const here = { lab, folder: repository(lab, FILES), hosts }
  const there = { lab: other, folder: repository(other, FILES), hosts }
  const same = (what: string, said = '') => {
    const lines = differences(standing(other, there.folder), standing(lab, here.folder))
    if (lines !== '') throw new Error(`${what}:\n${lines}\n${said}`)
  }
  const said = await ended({ ...here, steps: broken(each), exit: each.rescued ? 0 : 1, refuses: true })
  await ended({ ...there, steps: reached(each), exit: 0 })
  same('The failed task left something', said)
  const steps = each.tasks.map(stepOf)
  await ended({ ...here, steps, exit: 0 })
  await ended({ ...there, steps, exit: 0 })
  same('The run after it reached something else')
  await ended({ ...here, steps, exit: 0, mode: 'plan' })
  if (lab.leaf.checkpoints().length > 0) throw new Error(`Checkpoints are left: ${lab.leaf.checkpoints()}`)
}

test.run()
