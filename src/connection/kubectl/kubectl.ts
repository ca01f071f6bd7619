import { FailureError } from '../../model/failure.ts'
import type { Target } from './kubeconfig.ts'
import { requireVersion } from './version.ts'

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Asked {
  readonly input?: string
  /** Objects in the input: each may take a request. */
  readonly objects?: number
  /** Without cluster flags (kustomize). */
  readonly local?: boolean
  /** More for its environment. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs kubectl once. An exit code is an answer; only what kept kubectl from answering is thrown. */
export type Kubectl = (args: readonly string[], asked?: Asked) => Promise<Answer>

export interface KubectlOptions {
  readonly program: string
  readonly target: () => Promise<Target>
  /** Seconds for one request to the API server. */
  readonly requestSeconds: number
  readonly signal: AbortSignal
}

/**
 * The real kubectl, run by zx: every argument is quoted, children are in process groups of their own (Ctrl-C on the terminal does not
 * reach them; the signal does).
 * @throws FailureError invalid (kubectl missing or too old), timeout, interrupted.
 */
export function kubectlOf(options: KubectlOptions): Kubectl {
  return async (args, asked = {}) => {
    const target = asked.local ? null : await options.target()
    const flags = target ? [...target.flags, `--request-timeout=${options.requestSeconds}s`] : []
    const seconds = options.requestSeconds * 2 + (asked.objects ?? 0)
    const answer = await start([options.program, ...flags, ...args], {
      input: asked.input ?? '',
      seconds,
      signal: options.signal,
      environment: { ...target?.environment, ...asked.environment },
    })
    if (answer.code === 127 || /(not found|No such file or directory)\s*$/.test(startError(answer, options.program)))
      throw absent(options.program)
    if (HINTS_OF_AGE.test(answer.stderr)) await requireVersion(options.program, start, options.signal)
    return answer
  }
}

/** What a kubectl says that does not know server-side apply (before 1.16) or --dry-run=server (before 1.18). */
const HINTS_OF_AGE = /unknown (shorthand )?flag|invalid argument "server"|strconv\.ParseBool/

export interface StartOptions {
  readonly input: string
  readonly seconds: number
  readonly signal: AbortSignal
  readonly environment: Readonly<Record<string, string>>
}

export type Start = (command: readonly string[], options: StartOptions) => Promise<Answer>

async function start(command: readonly string[], options: StartOptions): Promise<Answer> {
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

function startError(answer: Answer, program: string): string {
  return answer.code === 126 || (answer.code !== 0 && answer.stderr.includes(`${program}: `)) ? answer.stderr : ''
}

function absent(program: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `There is no ${program} to run on this machine.`,
    remedy: 'Install kubectl 1.20 or newer and put it into PATH (Debian: apt install kubernetes-client).',
  })
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
