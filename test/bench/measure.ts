import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measured {
  /** null = stopped because it took too long. */
  readonly code: number | null
  /** The end of what it printed. */
  readonly tail: string
  readonly milliseconds: number
}

interface Started {
  readonly environment?: Readonly<Record<string, string>>
  readonly folder?: string
  readonly limitSeconds?: number
}

const TAIL = 4000
const entry = new URL('../../bin/weft.js', import.meta.url).pathname
const preload = new URL('./peak.ts', import.meta.url).href

/** Runs a program from outside, from the fork to its end. */
export function measure(command: string, words: readonly string[], started: Started = {}): Promise<Measured> {
  const { environment = {}, folder, limitSeconds = 600 } = started
  const begin = performance.now()
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitSeconds * 1000,
  })
  let tail = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      tail = (tail + text).slice(-TAIL)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, tail, milliseconds: performance.now() - begin }))
  })
}

/** The real command as a user types it. Throws when it ends with another code than one of `codes`. */
export async function weft(words: readonly string[], options: Started & { codes?: readonly number[] } = {}) {
  const measured = await measure(process.execPath, [entry, ...words], options)
  if ((options.codes ?? [0]).includes(measured.code ?? -1)) return measured
  throw new Error(`weft ${words.join(' ')} ended with ${measured.code}:\n${measured.tail}`)
}

/** As weft, with the most memory that it held (MB). */
export async function weftPeak(words: readonly string[], options: Parameters<typeof weft>[1] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'weft-peak-'))
  const file = join(folder, 'peak')
  const environment = { ...options.environment, WEFT_BENCH_PEAK: file, NODE_OPTIONS: `--import=${preload}` }
  const measured = await weft(words, { ...options, environment })
  const megabytes = Number(readFileSync(file, 'utf8')) / 1024
  rmSync(folder, { recursive: true })
  return { ...measured, megabytes }
}
