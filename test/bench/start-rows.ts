import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { weft } from './measure.ts'
import { duration, judged, median, type Row } from './row.ts'

const TIMES = 7

/** What every call pays before it does anything. */
export async function startRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  try {
    const play = join(folder, 'play.yml')
    writeFileSync(play, '- hosts: localhost\n  tasks: []\n')
    return [
      await row('weft --version', ['--version'], 200),
      await row('weft plan of an empty local play', ['plan', play, '-i', 'localhost,'], 500),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function row(what: string, words: readonly string[], limit: number): Promise<Row> {
  await weft(words)
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) times.push((await weft(words)).milliseconds)
  const taken = median(times)
  return judged({ what, must: `${limit} ms`, measured: `${duration(taken)} (median of ${TIMES})` }, taken < limit)
}
