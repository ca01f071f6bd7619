import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { FailureError } from '../../model/failure.ts'
import type { ProcessEnd, ProcessStart } from '../../model/machine.ts'
import { collect } from '../machine/collect.ts'
import { overLimit, stopped } from '../machine/complaint.ts'
import { type Limits, PROCESS_LIMITS } from '../machine/machine.ts'

const PATIENCE_MS = 2000

/**
 * Runs a process on this machine to its end. It leads a group of its own, and all of the group is ended when the run is stopped or a
 * limit is reached. A signal that ended it is a negative code, as Ansible has it.
 */
export async function runLocal(
  { command, shell, folder, environment, stdin }: ProcessStart,
  { signal, limits = PROCESS_LIMITS }: { signal: AbortSignal; limits?: Limits },
): Promise<ProcessEnd> {
  if (signal.aborted) throw stopped()
  const [program = '', ...words] = typeof command === 'string' ? [shell ?? '/bin/sh', '-c', command] : command
  const child = spawn(program, words, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  return new Promise((resolve, reject) => {
    let ended: FailureError | null = null
    const end = (failure: FailureError) => {
      ended ??= failure
      endGroup(child.pid)
    }
    const stop = () => end(stopped())
    const late = setTimeout(
      () => end(new FailureError(overLimit('it took longer than', `${limits.seconds} s`))),
      limits.seconds * 1000,
    )
    const tooMuch = () => end(new FailureError(overLimit('it printed more than', `${limits.bytes} bytes`)))
    signal.addEventListener('abort', stop)
    const stdout = collect(child.stdout, limits.bytes, tooMuch)
    const stderr = collect(child.stderr, limits.bytes, tooMuch)
    // Who does not read what it is given closes the pipe; that is its own affair.
    child.stdin.on('error', () => {})
    child.stdin.end(stdin ?? '')
    const settle = () => {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
    }
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle()
      if (error.code === 'ENOENT') resolve({ rc: 2, stdout: '', stderr: '', missing: true })
      else reject(notStarted(program, error))
    })
    child.once('close', (code, name) => {
      settle()
      if (ended) reject(ended)
      else
        resolve({
          rc: code ?? -(name ? constants.signals[name] : 1),
          stdout: stdout().toString('utf8'),
          stderr: stderr().toString('utf8'),
        })
    })
  })
}

/** Asked first, then made to. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  const kill = (name: 'SIGTERM' | 'SIGKILL') => {
    try {
      process.kill(-pid, name)
    } catch {} // it is gone
  }
  kill('SIGTERM')
  setTimeout(() => kill('SIGKILL'), PATIENCE_MS).unref()
}

function notStarted(program: string, { code, message }: NodeJS.ErrnoException): FailureError {
  const why = code === 'EACCES' ? 'Permission denied' : message
  return new FailureError({
    code: 'failed',
    message: `${program} could not be started: ${why}.`,
    aftermath: 'Nothing was started.',
  })
}
