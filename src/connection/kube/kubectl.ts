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
      environment: target?.environment ?? {},
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
  const began = performance.now()
  const shell = $({
    input: options.input,
    nothrow: true,
    quiet: true,
    verbose: false,
    signal: options.signal,
    timeout: options.seconds * 1000,
    // Messages are read by weft: no translations.
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', ...options.environment },
  })
  const output = await shell`exec ${command}`
  if (options.signal.aborted) throw interrupted()
  if (output.signal && performance.now() - began >= options.seconds * 1000 - 50) throw tooSlow(options.seconds)
  return { code: output.exitCode ?? 1, stdout: output.stdout, stderr: output.stderr }
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
