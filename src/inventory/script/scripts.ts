import type { ProcessEnd, ProcessStart } from '../../model/machine.ts'
import type { Variables } from '../../model/value.ts'

/** Inventories that are programs: which of them may be started in a command, and what they have told in it. */
export interface InventoryScripts {
  /** The operator's own setting, never the repository's: none, any, or these files and those below these folders (absolute). */
  readonly allowed: boolean | readonly string[]
  /** By path: a command asks each script once, until its inventory is read again. */
  readonly told: Map<string, Promise<ScriptAnswer>>
  /** How one is started, on the machine that weft runs on; given by the wiring. */
  readonly run: RunProgram
}

export type RunProgram = (
  start: ProcessStart,
  how: { readonly signal: AbortSignal; readonly limits: { readonly seconds: number; readonly bytes: number } },
) => Promise<ProcessEnd>

/** What reading an inventory needs to start some. */
export interface Scripts extends Omit<InventoryScripts, 'run'> {
  start: StartScript
  /** Why a script that is allowed is not started all the same, as the end of a sentence that begins with its name. */
  whyNot?(file: string): string | null
}

/** Runs a program to its end. Throws FailureError: failed (a limit was reached, it cannot be started), interrupted. */
export type StartScript = (words: readonly string[], limits: ScriptLimits) => Promise<ProcessEnd>

export interface ScriptLimits {
  readonly seconds: number
  /** Of each of its two outputs. */
  readonly bytes: number
  /** Ends it early. */
  readonly signal?: AbortSignal
}

/** What a script has told of its estate. */
export interface ScriptAnswer {
  readonly groups: readonly ToldGroup[]
  readonly hosts: ReadonlyMap<string, ToldVariables>
  /** What it said beside its answer. */
  readonly warnings: readonly string[]
}

export interface ToldGroup {
  readonly name: string
  readonly hosts: readonly string[]
  readonly children: readonly string[]
  readonly variables: Variables
}

export interface ToldVariables {
  readonly values: Variables
  /** Names among them that hold text which is never a template (`__ansible_unsafe`). */
  readonly data: ReadonlySet<string>
}
