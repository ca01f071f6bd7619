import type { Outcome } from '../../model/intent.ts'
import type { ProcessEnd, ProcessStart } from '../../model/machine.ts'
import type { ActionContext, ActionResult } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { secretsInAnswer } from './answer-secrets.ts'
import { absolutePath, isThere } from './paths.ts'

export interface Process {
  /** The program and its arguments, or one text for a shell. */
  readonly command: readonly string[] | string
  readonly shell?: string | undefined
  readonly chdir?: string | undefined
  readonly creates?: string | undefined
  readonly removes?: string | undefined
  readonly stdin?: string | undefined
  readonly stdinNewline?: boolean | undefined
  readonly stripEnds?: boolean | undefined
}

/**
 * Has a process run through the door and answers as Ansible's command module does: rc, stdout, stderr, their lines. `creates` and
 * `removes` guard it; where the door stays shut it is skipped.
 */
export async function runProcess(context: ActionContext, process: Process): Promise<ActionResult> {
  const read = await context.read('linux')
  const folder = process.chdir ? await absolutePath(read, process.chdir) : undefined
  if (folder && (await read.stat(folder, { follow: true }))?.type !== 'folder')
    return broken(process, `Unable to change directory before execution: ${folder} does not exist`)
  const { creates, removes } = process
  if (creates && (await isThere(read, creates, folder))) return guarded(process, `skipped, since ${creates} exists`)
  if (removes && !(await isThere(read, removes, folder)))
    return guarded(process, `skipped, since ${removes} does not exist`)
  const started = new Date()
  const outcome = await context.door({
    kind: 'linux',
    title: `runs '${titleOf(process.command)}'`,
    commands: [{ run: startOf(context, process, folder) }],
  })
  return resultOf(process, outcome, started)
}

function resultOf(process: Process, outcome: Outcome, started: Date): ActionResult {
  if (outcome.state === 'shut' && !outcome.failure) return { skipped: true, values: emptyAnswer(process).values }
  if (outcome.state !== 'applied') return notRun(process, outcome)
  const end = outcome.said as ProcessEnd
  if (end.missing) return broken(process, `No such file or directory: ${process.command[0]}`, 2)
  const result = { ...answer(process, end, started), secrets: secretsInAnswer(end.stdout) }
  if (end.rc === 0) return { ...result, changed: true }
  const message = `non-zero return code ${end.rc}${end.stderr ? `: ${lastLine(end.stderr)}` : ''}`
  const said = (end.stderr.trim() || end.stdout.trim()).slice(-2000)
  const device = said.includes('\n') || !end.stderr ? said : ''
  return {
    ...result,
    changed: true,
    failure: { code: 'failed', message, ...(device ? { device: { said: device } } : {}) },
  }
}

function notRun(process: Process, outcome: Exclude<Outcome, { state: 'applied' }>): ActionResult {
  const failure = 'failure' in outcome ? outcome.failure : undefined
  const { values } = emptyAnswer(process)
  if (!failure) return { skipped: true, values }
  const { rc: _, ...others } = values
  return { values: { ...others, msg: failure.message }, shown: '', failure }
}

function startOf(context: ActionContext, process: Process, folder: string | undefined): ProcessStart {
  const { command, shell, stdin, stdinNewline } = process
  return {
    command,
    ...(shell === undefined ? {} : { shell }),
    ...(folder === undefined ? {} : { folder }),
    ...(Object.keys(context.environment).length === 0 ? {} : { environment: context.environment }),
    ...(stdin === undefined ? {} : { stdin: stdin + (stdinNewline === false ? '' : '\n') }),
  }
}

/** Long enough to know it by. */
function titleOf(command: readonly string[] | string): string {
  const line = (typeof command === 'string' ? command : command.join(' ')).replace(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}

function guarded(process: Process, why: string): ActionResult {
  return { ...answer(process, { rc: 0, stdout: why, stderr: '' }), changed: false }
}

function emptyAnswer(process: Process) {
  return answer(process, { rc: 0, stdout: '', stderr: '' })
}

function answer(
  process: Process,
  output: { rc: number; stdout: string; stderr: string },
  started?: Date,
): ActionResult & { values: Record<string, Value> } {
  const strip = (text: string) => (process.stripEnds === false ? text : text.replace(/[\r\n]+$/, ''))
  const stdout = strip(output.stdout)
  const stderr = strip(output.stderr)
  const values: Record<string, Value> = {
    cmd: process.command as Value,
    rc: output.rc,
    stdout,
    stderr,
    stdout_lines: linesOf(stdout),
    stderr_lines: linesOf(stderr),
    msg: output.rc === 0 ? '' : 'non-zero return code',
  }
  if (started) {
    const end = new Date()
    Object.assign(values, {
      start: stamp(started),
      end: stamp(end),
      delta: `0:00:${((end.getTime() - started.getTime()) / 1000).toFixed(6).padStart(9, '0')}`,
    })
  }
  return { values, shown: stdout }
}

function broken(process: Process, message: string, rc?: number): ActionResult {
  const { rc: _, ...values } = emptyAnswer(process).values
  return {
    values: { ...values, ...(rc === undefined ? {} : { rc }), msg: message },
    shown: '',
    failure: { code: 'failed', message },
  }
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/\r?\n/)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

function stamp(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '000')
}
