import type { Position, SourceMap } from './position.ts'
import type { Value, Variables } from './value.ts'

/** Keywords that plays, blocks and tasks share; all values untemplated. */
export interface Keywords {
  readonly name: string | null
  readonly tags: readonly string[]
  readonly vars: Variables
  /** Bare Jinja expressions, all of which must hold. */
  readonly when: readonly Value[]
  readonly ignoreErrors: Value
  readonly ignoreUnreachable?: Value
  readonly runOnce: Value
  readonly delegateTo: Value
  readonly checkMode: Value
  readonly diff: Value
  readonly noLog: Value
  readonly anyErrorsFatal?: Value
  readonly environment?: Value
  readonly throttle?: Value
  /** module_defaults of this level: module name → arguments. */
  readonly moduleDefaults?: Variables
  readonly source: SourceMap
  readonly at: Position
}

export interface Loop {
  /** 'loop' or a with_* form: 'items', 'dict', 'sequence', … */
  readonly form: string
  readonly over: Value
  readonly control: Readonly<Record<string, Value>>
}

/** One task. `source` maps the whole task mapping; argument positions are under the action's key. */
export interface Task extends Keywords {
  readonly type: 'task'
  /** Unique in a run. */
  readonly id: string
  /** As written: 'cisco.nxos.nxos_config'. */
  readonly action: string
  readonly args: Value
  /** Path of the arguments in `source`: ['nxos_config'] or ['action'] … */
  readonly argsPath: readonly string[]
  readonly loop: Loop | null
  readonly register: string | null
  readonly notify: readonly Value[]
  readonly listen: readonly Value[]
  readonly changedWhen: readonly Value[] | null
  readonly failedWhen: readonly Value[] | null
  readonly until: readonly Value[] | null
  readonly retries: Value
  readonly delay: Value
  readonly delegateFacts?: Value
  /** Set on include_tasks: where relative files are looked up, and the role it is in. */
  readonly role?: string
  readonly folders: readonly string[]
}

export interface Block extends Keywords {
  readonly type: 'block'
  readonly id: string
  readonly tasks: readonly Step[]
  readonly notify?: readonly Value[]
  /** Parameters of a role entry ({role: r, port: 80}); Ansible ranks them above facts. They are in vars too. */
  readonly params?: Variables
  readonly rescue: readonly Step[]
  readonly always: readonly Step[]
}

export type Step = Task | Block

export interface Play extends Keywords {
  /** Host pattern as written; a list is joined by commas. */
  readonly hosts: Value
  readonly varsFiles: readonly Value[]
  readonly preTasks: readonly Step[]
  readonly tasks: readonly Step[]
  readonly postTasks: readonly Step[]
  readonly handlers: readonly Step[]
  /** Batch sizes: numbers or percentages; empty = all at once. */
  readonly serial: readonly Value[]
  readonly strategy?: Value
  readonly maxFailPercentage?: Value
  readonly gatherFacts: Value
  readonly forceHandlers?: Value
  readonly order?: Value
  readonly varsPrompt?: Value
  /** Connection keywords of the play: connection, remote_user, port, timeout. They rank below the host's variables. */
  readonly connection?: Variables
  /** Defaults and vars of the roles listed in the play or imported by it, which every task of the play sees. */
  readonly roleDefaults?: Variables
  readonly roleVars?: Variables
  readonly folders: readonly string[]
}
