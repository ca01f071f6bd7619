import { startFleet } from './fleet.ts'
import { weftPeak } from './measure.ts'
import { writeNxosPlaybook } from './nxos-work.ts'
import { duration, judged, type Row } from './row.ts'

const LIMIT_MB = 400
/** Five times the hosts may take so much more: their results are counted and their variables kept. */
const GROWTH = 1.5

/** Peak memory of a plan of 12 tasks with everything to be made: 1,000 switches at several --forks, and 200 of them. */
export async function memoryRows(): Promise<Row[]> {
  const fleet = await startFleet(1000)
  try {
    const playbook = writeNxosPlaybook(fleet.folder)
    const plan = (forks: number, hosts: number) =>
      weftPeak(['plan', playbook, '-i', fleet.inventory, '--forks', String(forks), '--limit', `all[0:${hosts - 1}]`], {
        codes: [2],
      })
    const rows: Row[] = []
    const peaks = new Map<number, number>()
    for (const forks of [10, 20, 50]) {
      const { megabytes, milliseconds } = await plan(forks, 1000)
      peaks.set(forks, megabytes)
      rows.push(peakRow(forks, megabytes, milliseconds))
    }
    const few = (await plan(20, 200)).megabytes
    return [...rows, growthRow(few, peaks.get(20) ?? 0)]
  } finally {
    fleet.close()
  }
}

function peakRow(forks: number, megabytes: number, milliseconds: number): Row {
  return judged(
    {
      what: `1,000 switches, plan of 12 tasks, --forks ${forks}: peak memory`,
      must: `${LIMIT_MB} MB`,
      measured: `${megabytes.toFixed(0)} MB, ${duration(milliseconds)}`,
    },
    megabytes < LIMIT_MB,
  )
}

function growthRow(few: number, many: number): Row {
  return judged(
    {
      what: 'the same at --forks 20: 1,000 hosts against 200',
      must: `${GROWTH} × memory for 5 × hosts`,
      measured: `${(many / few).toFixed(2)} × (${many.toFixed(0)} MB to ${few.toFixed(0)} MB)`,
    },
    many <= GROWTH * few,
  )
}
