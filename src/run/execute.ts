import type { Recap } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import type { Doors, RunOptions } from './options.ts'

export type { Doors, Open, Progress, RunOptions } from './options.ts'

export interface RunEnd {
  /** plan: 0 in sync, 2 changes, 1 error. run: 0, 1 failed, 3 unreachable, 4 invalid input. */
  readonly exit: number
  readonly hosts: Readonly<Record<string, Recap>>
  /** What ended the run before or outside of any task. */
  readonly failure?: Failure
  /** The command that retries what failed. */
  readonly next?: string
}

/** Plans or runs playbooks. Never throws: what went wrong is in the events and in the end. */
export async function execute(_options: RunOptions, _doors: Doors): Promise<RunEnd> {
  return { exit: 0, hosts: {} }
}

/** What --list-hosts, --list-tasks and --syntax-check print. Throws FailureError for invalid input. */
export interface Description {
  readonly plays: readonly {
    readonly name: string
    readonly pattern: string
    readonly tags: readonly string[]
    readonly hosts: readonly string[]
    readonly tasks: readonly { readonly name: string; readonly action: string; readonly tags: readonly string[] }[]
  }[]
}

export async function describe(
  _options: Pick<RunOptions, 'playbooks' | 'inventory' | 'limit' | 'tags' | 'skipTags' | 'extraVars' | 'folder'>,
  _modules: Doors['modules'],
): Promise<Description> {
  return { plays: [] }
}
