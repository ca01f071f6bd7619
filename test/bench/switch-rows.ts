import { type Fleet, password, startFleet } from './fleet.ts'
import { type Measured, measure, weft } from './measure.ts'
import { writeNxosPlaybook } from './nxos-work.ts'
import { duration, judged, median, type Row } from './row.ts'

const SWITCHES = 64
const FORKS = 20
const PAIRS = 5

/** 64 switches that answer after 20 ms: a first run, then runs with nothing to do in turn with ssh2 alone. */
export async function switchRows(): Promise<Row[]> {
  const fleet = await startFleet(SWITCHES, { latencyMs: 20 })
  try {
    const words = ['run', writeNxosPlaybook(fleet.folder), '-i', fleet.inventory, '--forks', String(FORKS)]
    return [await firstRun(fleet, words), await inSync(fleet, words)]
  } finally {
    fleet.close()
  }
}

async function firstRun(fleet: Fleet, words: readonly string[]): Promise<Row> {
  const { milliseconds } = await weft(words)
  const extras = (await fleet.counters()).map(({ roundTrips, contexts }) => ({ roundTrips, contexts }))
  const most = Math.max(...extras.map(({ roundTrips, contexts }) => roundTrips - contexts))
  const one = extras.find(({ roundTrips, contexts }) => roundTrips - contexts === most)
  return judged(
    {
      what: `${SWITCHES} switches, 12 tasks, first run: round trips of a switch`,
      must: 'contexts + 6',
      measured: `${one?.roundTrips} with ${one?.contexts} contexts (+ ${most}); ${duration(milliseconds)} in all`,
    },
    most <= 6,
  )
}

async function inSync(fleet: Fleet, words: readonly string[]): Promise<Row> {
  const pairs: { ours: number; bare: number }[] = []
  await weft(words)
  for (let pair = 0; pair < PAIRS; pair++) {
    const ours = await weft(words)
    const bare = await readByHand(fleet)
    pairs.push({ ours: ours.milliseconds, bare: bare.milliseconds })
  }
  const [ours, bare] = [median(pairs.map(pair => pair.ours)), median(pairs.map(pair => pair.bare))]
  return judged(
    {
      what: `${SWITCHES} switches, 12 tasks, nothing to change, ${FORKS} at a time`,
      must: '1.5 × ssh2 alone',
      measured: `${(ours / bare).toFixed(2)} × (${duration(ours)} to ${duration(bare)}, median of ${PAIRS})`,
    },
    ours <= 1.5 * bare,
  )
}

async function readByHand({ knownHosts, ports }: Fleet): Promise<Measured> {
  const program = new URL('./bare-ssh.js', import.meta.url).pathname
  const measured = await measure(process.execPath, [program, knownHosts, String(FORKS), ...ports.map(String)], {
    environment: { WEFT_BENCH_PASSWORD: password },
  })
  if (measured.code !== 0) throw new Error(`ssh2 alone ended with ${measured.code}: ${measured.tail}`)
  return measured
}
