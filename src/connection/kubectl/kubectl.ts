import { FailureError } from '../../model/failure.ts'
import type { Target } from './kubeconfig.ts'
import { type Answer, start } from './start.ts'
import { requireVersion } from './version.ts'

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
    if (HINTS_OF_AGE.test(answer.stderr)) await requireVersion(options.program, options.signal)
    return answer
  }
}

/** What a kubectl says that does not know server-side apply (before 1.16) or --dry-run=server (before 1.18). */
const HINTS_OF_AGE = /unknown (shorthand )?flag|invalid argument "server"|strconv\.ParseBool/

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
