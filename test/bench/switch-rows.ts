import { type Fleet, password, startFleet } from './fleet.ts'
import { type Measured, measure, weft } from './measure.ts'
import { writeNxosPlaybook } from './nxos-work.ts'
import { duration, judged, median, type Row, shown } from './row.ts'

const SWITCHES = 64
const FORKS = 20
const PAIRS = 5

/**
 * 64 switches that answer after 20 ms: a first run, then runs with nothing to do in turn with ssh2 alone. And the same with switches that
 * answer at once, where there is nothing to wait for: what is left is processor time.
 */
export async function switchRows(): Promise<Row[]> {
  const far = await withFleet(20, async (fleet, words) => [await firstRun(fleet, words), await inSync(fleet, words)])
  const near = await withFleet(0, async (fleet, words) => {
    const { ours, bare } = await inTurn(fleet, words)
    return [shown('the same with switches that answer at once', compared(ours, bare))]
  })
  return [...far, ...near]
}

async function withFleet(
  latencyMs: number,
  rows: (fleet: Fleet, words: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const fleet = await startFleet(SWITCHES, { latencyMs })
  try {
    return await rows(fleet, ['run', writeNxosPlaybook(fleet.folder), '-i', fleet.inventory, '--forks', String(FORKS)])
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
      must: 'contexts + 8',
      measured: `${one?.roundTrips} with ${one?.contexts} contexts (+ ${most}); ${duration(milliseconds)} in all`,
    },
    most <= 8,
  )
}

async function inSync(fleet: Fleet, words: readonly string[]): Promise<Row> {
  const { ours, bare } = await inTurn(fleet, words)
  const what = `${SWITCHES} switches, 12 tasks, nothing to change, ${FORKS} at a time`
  return judged({ what, must: '1.5 × ssh2 alone', measured: compared(ours, bare) }, ours <= 1.5 * bare)
}

/** Medians of weft and of ssh2 alone, which take turns; the first run of weft leaves nothing to do. */
async function inTurn(fleet: Fleet, words: readonly string[]): Promise<{ ours: number; bare: number }> {
  const pairs: { ours: number; bare: number }[] = []
  await weft(words)
  for (let pair = 0; pair < PAIRS; pair++) {
    const ours = await weft(words)
    const bare = await readByHand(fleet)
    pairs.push({ ours: ours.milliseconds, bare: bare.milliseconds })
  }
  return { ours: median(pairs.map(pair => pair.ours)), bare: median(pairs.map(pair => pair.bare)) }
}

function compared(ours: number, bare: number): string {
  return `${(ours / bare).toFixed(2)} × (${duration(ours)} to ${duration(bare)}, median of ${PAIRS})`
}

async function readByHand({ knownHosts, ports }: Fleet): Promise<Measured> {
  const program = new URL('./bare-ssh.js', import.meta.url).pathname
  const measured = await measure(process.execPath, [program, knownHosts, String(FORKS), ...ports.map(String)], {
    environment: { WEFT_BENCH_PASSWORD: password },
  })
  if (measured.code !== 0) throw new Error(`ssh2 alone ended with ${measured.code}: ${measured.tail}`)
  return measured
}
