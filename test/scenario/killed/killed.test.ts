import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { PastIntent } from '../../../src/journal/ledger.ts'
import { openLedger } from '../../../src/journal/open.ts'
import { type Started, startWeft } from '../../support/weft.ts'
import { suiteWithKubectl } from '../../support/where.ts'
import { disagreements, truthOf } from './judge.ts'
import { PLAYBOOKS } from './playbook.ts'
import { type ThreeKinds, threeKinds } from './three-kinds.ts'

/** `npm run test:kill` takes 50. */
const POINTS = Number(process.env.WEFT_KILL_POINTS ?? 3)

/** Where a run is killed: after so much of its time, or at its so-manieth change on the lab. */
type Point = { readonly share: number } | { readonly change: number }

interface Whole {
  readonly milliseconds: number
  readonly changes: number
}

function start({ folder }: ThreeKinds, round: number): Started {
  const files = Object.keys(PLAYBOOKS)
  // Each kind comes first in turn.
  const order = files.map((_, at) => files[(at + round) % files.length] as string)
  const words = ['run', ...order, '-i', 'hosts.yml', '-e', `{"round": ${round}, "bgp_password": "Canary-Bgp-7"}`]
  return startWeft(words, { folder })
}

/** A run to its end, to know how long it is; the second, for the first finds everything cold. */
async function whole(lab: ThreeKinds): Promise<Whole> {
  for (const round of [1, 2]) {
    let changes = 0
    const end = lab.onChange(() => {
      changes += 1
    })
    const started = performance.now()
    const { code, out, err } = await start(lab, round).ended
    end()
    assert.is(code, 0, out + err)
    if (round === 2) return { milliseconds: performance.now() - started, changes }
  }
  throw new Error('There are two rounds.')
}

/** Answers the kinds that were changed. */
async function killedAt(
  lab: ThreeKinds,
  { round, point, length }: { round: number; point: Point; length: Whole },
): Promise<Set<string>> {
  const run = start(lab, round)
  const changed: string[] = []
  const end = lab.onChange(kind => {
    changed.push(kind)
    if ('change' in point && changed.length === point.change) run.signal('SIGKILL')
  })
  const timer =
    'share' in point ? setTimeout(() => run.signal('SIGKILL'), point.share * length.milliseconds) : undefined
  await run.ended
  clearTimeout(timer)
  await quiet(lab)
  end()
  return new Set(changed)
}

/** What was on the wire is taken still, and a kubectl outlives the one that started it. */
async function quiet({ leaf, folder }: ThreeKinds): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (leaf.counters.sessionsNow === 0 && !hasProcess(join(folder, 'kubeconfig'))) return
    await sleep(20)
  }
  throw new Error('The lab did not come to rest.')
}

/** Whether a process of this machine has a text on its command line; false where there is no /proc to tell. */
function hasProcess(text: string): boolean {
  return (existsSync('/proc') ? readdirSync('/proc') : []).some(name => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

async function kept({ folder }: ThreeKinds, run = 'last') {
  const ledger = await openLedger({ file: join(folder, '.weft/ledger.db'), mode: 'read' })
  const past = await ledger.run(run)
  const intents = past ? await ledger.intents(past.id) : []
  const unfinished = await ledger.unfinished()
  await ledger.close()
  return { id: past?.id ?? 'none', intents, unfinished }
}

interface Killed {
  readonly round: number
  readonly id: string
  readonly intents: readonly PastIntent[]
  readonly where: string
}

/** The next run does what is missing and takes up what the killed one left: nothing of it stays, and the ledger knows it all. */
async function finishedByNext(lab: ThreeKinds, { round, id, intents, where }: Killed): Promise<void> {
  const truth = truthOf(intents, lab)
  const { code, out, err } = await start(lab, round).ended
  const said = `${where}\n${out}${err}`
  assert.is(code, 0, said)
  const after = await kept(lab, id)
  assert.equal(after.unfinished, [], said)
  assert.equal(lab.leaf.checkpoints(), [], said)
  assert.is(lab.leaf.startupText(), lab.leaf.runningText(), said)
  for (const intent of after.intents) {
    const isIn = truth.get(intent.id)
    if (isIn === undefined) continue
    // What a later task of the run has changed again is no more in the lab as this one left it.
    const allowed = isIn ? ['applied'] : isIn === null ? ['unknown', 'applied'] : ['failed', 'applied']
    assert.ok(allowed.includes(intent.state), `${intent.title} is ${intent.state}, in the lab: ${isIn}\n${said}`)
  }
}

function points(count: number, { changes }: Whole): Point[] {
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0 ? { change: 1 + Math.floor(Math.random() * changes) } : { share: 0.15 + 0.85 * Math.random() },
  )
}

await suiteWithKubectl('a run that is killed', test => {
  test(`at ${POINTS} random points: what the ledger says of every intent is so, and the next run finishes what is left`, async () => {
    const lab = await threeKinds()
    try {
      const length = await whole(lab)
      for (const [at, point] of points(POINTS, length).entries()) {
        const where = JSON.stringify(point)
        const changed = await killedAt(lab, { round: at + 3, point, length })
        const { id, intents } = await kept(lab)
        assert.equal(disagreements(intents, lab), [], where)
        const told = new Set<string>(intents.map(({ kind }) => kind))
        assert.equal(
          [...changed].filter(kind => !told.has(kind)),
          [],
          `${where}: changed, and never written down`,
        )
        await finishedByNext(lab, { round: at + 3, id, intents, where })
      }
    } finally {
      await lab.close()
    }
  })
})
