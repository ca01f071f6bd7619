import { accessSync, constants, existsSync, globSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import type { ActionContext, ActionResult } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'

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
 * Runs a process on this machine (zx) and answers as Ansible's command module does: rc, stdout, stderr, their lines.
 * `creates` and `removes` guard it; in a plan it only says whether it would run.
 */
export async function runProcess(context: ActionContext, process: Process): Promise<ActionResult> {
  const folder = process.chdir ? resolve(process.chdir) : undefined
  if (folder && !existsSync(folder))
    return broken(process, `Unable to change directory before execution: ${folder} does not exist`)
  const guard = guardOf(process, folder)
  if (guard) return { ...answer(process, { rc: 0, stdout: guard, stderr: '' }), changed: false }
  if (context.check) return { skipped: true, values: { ...answer(process, { rc: 0, stdout: '', stderr: '' }).values } }
  if (typeof process.command !== 'string' && !programExists(process.command[0] ?? '', context.environment)) {
    return broken(process, `No such file or directory: ${process.command[0]}`, 2)
  }
  const started = new Date()
  const output = await spawn(context, process, folder)
  const result = answer(process, output, started)
  if (output.rc === 0) return { ...result, changed: true }
  const message = `non-zero return code ${output.rc}${output.stderr ? `: ${lastLine(output.stderr)}` : ''}`
  const said = (output.stderr.trim() || output.stdout.trim()).slice(-2000)
  const device = said.includes('\n') || !output.stderr ? said : ''
  return {
    ...result,
    changed: true,
    failure: { code: 'failed', message, ...(device ? { device: { said: device } } : {}) },
  }
}

async function spawn(context: ActionContext, { command, shell, stdin, stdinNewline }: Process, folder?: string) {
  const { $, quote } = await import('zx')
  const script =
    typeof command === 'string' ? command : `exec ${command.map(part => (part === '' ? "''" : quote(part))).join(' ')}`
  const pieces = Object.assign([script], { raw: [script] }) as unknown as TemplateStringsArray
  const output = await $({
    shell: typeof command === 'string' ? (shell ?? '/bin/sh') : '/bin/bash',
    prefix: '',
    postfix: '',
    quiet: true,
    nothrow: true,
    ...(folder ? { cwd: folder } : {}),
    env: { ...globalThis.process.env, ...context.environment },
    input: stdin === undefined ? '' : stdin + (stdinNewline === false ? '' : '\n'),
    signal: context.signal,
  })(pieces)
  context.signal.throwIfAborted()
  return { rc: output.exitCode ?? 1, stdout: output.stdout, stderr: output.stderr }
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
  const empty = answer(process, { rc: rc ?? 0, stdout: '', stderr: '' })
  const { rc: _, ...values } = empty.values
  return {
    values: { ...values, ...(rc === undefined ? {} : { rc }), msg: message },
    shown: '',
    failure: { code: 'failed', message },
  }
}

function guardOf({ creates, removes }: Process, folder = '.'): string | null {
  if (creates && isThere(creates, folder)) return `skipped, since ${creates} exists`
  if (removes && !isThere(removes, folder)) return `skipped, since ${removes} does not exist`
  return null
}

function isThere(path: string, folder: string): boolean {
  return existsSync(resolve(folder, path)) || globSync(path, { cwd: folder }).length > 0
}

function programExists(program: string, environment: Readonly<Record<string, string>>): boolean {
  const folders = (environment.PATH ?? globalThis.process.env.PATH ?? '').split(':')
  const candidates =
    program.includes('/') || isAbsolute(program) ? [program] : folders.map(folder => join(folder, program))
  return candidates.some(candidate => {
    try {
      accessSync(candidate, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
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
