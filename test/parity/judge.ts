import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Case, CaseRun } from './case.ts'
import { differences } from './compare.ts'
import { traceOfLines } from './normal.ts'

const adapter = new URL('adapter.ts', import.meta.url).pathname

/** Where weft differs from what was recorded of a case, a line each; none where it does the same. */
export async function judge(each: Case): Promise<string[]> {
  const lines: string[] = []
  for (const run of each.runs) for (const line of await judgeRun(each.folder, run)) lines.push(`${run.name}: ${line}`)
  return lines
}

/** In a copy of the case, with an empty folder for what it writes and a home of its own. */
async function judgeRun(folder: string, run: CaseRun): Promise<string[]> {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'weft-parity-')))
  const [scratch, home] = [join(top, 'case'), join(top, 'home')]
  const isPlayed = (file: string) => !['case.yml', 'expected.json'].includes(basename(file))
  cpSync(folder, scratch, { recursive: true, filter: isPlayed, verbatimSymlinks: true })
  for (const made of [join(scratch, 'out'), home]) mkdirSync(made, { recursive: true })
  try {
    const { code, out, err } = await start(run, { scratch, home })
    const now = { ...traceOfLines(out, scratch, run.perHost), exit: code }
    const lines = differences(run.expected, now)
    return lines.length > 0 && now.events.length === 0 ? [...lines, err.trim()] : lines
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

function start(
  run: CaseRun,
  { scratch, home }: { scratch: string; home: string },
): Promise<{ code: number | null; out: string; err: string }> {
  const words = [...run.playbooks, ...run.inventories.flatMap(name => ['-i', name]), ...run.args]
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('ANSIBLE_'))
  const env = {
    ...Object.fromEntries(rest),
    HOME: home,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    ...run.environment,
  }
  const child = spawn(process.execPath, [adapter, ...words], {
    cwd: scratch,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said.err += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, ...said }))
  })
}
