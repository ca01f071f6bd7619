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
      await ledgerRow(play, folder),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** With and without a ledger in turn: a machine's mood falls on both. */
async function ledgerRow(play: string, folder: string): Promise<Row> {
  const words = ['plan', play, '-i', 'localhost,']
  const more: number[] = []
  await weft(words, { folder })
  for (let time = 0; time < TIMES; time++) {
    const { milliseconds } = await weft(words, { folder })
    more.push(milliseconds - (await weft([...words, '--no-ledger'], { folder })).milliseconds)
  }
  const taken = median(more)
  const measured = `${duration(taken)} (median of ${TIMES} pairs)`
  return judged({ what: 'the ledger of such a plan', must: '10 ms', measured }, taken <= 10)
}

async function row(what: string, words: readonly string[], limit: number): Promise<Row> {
  await weft(words)
  const times: number[] = []
  for (let time = 0; time < TIMES; time++) times.push((await weft(words)).milliseconds)
  const taken = median(times)
  return judged({ what, must: `${limit} ms`, measured: `${duration(taken)} (median of ${TIMES})` }, taken < limit)
}
