import { FailureError } from '../../model/failure.ts'

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface StartOptions {
  readonly input: string
  readonly seconds: number
  readonly signal: AbortSignal
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Runs one process to its end; `command` is the program and its arguments, each quoted by zx.
 * @throws FailureError timeout, interrupted.
 */
export async function start(command: readonly string[], options: StartOptions): Promise<Answer> {
  if (options.signal.aborted) throw interrupted()
  const { $ } = await import('zx')
  // Messages are read by weft: no translations. Detached: a process group of its own.
  const env = { ...process.env, LC_ALL: 'C', LANG: 'C', ...options.environment }
  const shell = $({ nothrow: true, quiet: true, verbose: false, detached: true, env })
  const running = shell`exec ${command}`
  const limits = stopping(running.pid, options)
  // zx leaves EPIPE unhandled when its `input` meets a program that ends without reading; its exit code tells enough.
  running.stdin.on('error', () => {})
  running.stdin.end(options.input)
  const output = await running.finally(limits.lift)
  if (options.signal.aborted) throw interrupted()
  if (limits.reached()) throw tooSlow(options.seconds)
  return { code: output.exitCode ?? 1, stdout: output.stdout, stderr: output.stderr }
}

/** Ends the process group when the run is stopped or time is up. (zx would look for children with ps, and warns in Node 24.) */
function stopping(pid: number | undefined, options: StartOptions): { lift: () => void; reached: () => boolean } {
  let late = false
  const stop = () => {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGTERM')
    } catch {
      // It has just ended.
    }
  }
  const timer = setTimeout(() => {
    late = true
    stop()
  }, options.seconds * 1000)
  options.signal.addEventListener('abort', stop)
  const lift = () => {
    clearTimeout(timer)
    options.signal.removeEventListener('abort', stop)
  }
  return { lift, reached: () => late }
}

function tooSlow(seconds: number): FailureError {
  return new FailureError({
    code: 'timeout',
    message: `kubectl gave no answer within ${seconds} seconds and was stopped.`,
    remedy: 'Check the credential plugin of the kubeconfig and the API server, or raise weft_timeout.',
  })
}

function interrupted(): FailureError {
  return new FailureError({ code: 'interrupted', message: 'The run was stopped while kubectl was running.' })
}
