import type { Standing } from '../../connection/cli/configure.ts'
import type { NxosSession } from '../../connection/cli/session.ts'
import type { Work } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { CliLine, CliTree } from '../../model/nxos.ts'

/** What is known of one switch during a run. Changed by the functions of this folder only. */
export interface NxosState {
  readonly checkpoint: string
  session: Promise<NxosSession> | null
  /** The configuration as it was last read, and as the staged and written changes make it. */
  live: Promise<CliTree> | null
  planned: CliTree | null
  /** `planned` holds changes that are not written yet. */
  staged: boolean
  /** Where the session stands; null = exec mode. */
  standing: Standing | null
  checkpointed: boolean
  /** A rollback failed: the checkpoint stays for the human, nothing more is written. */
  spoiled: Failure | null
  /** Tasks that the switch has acknowledged since the checkpoint. */
  readonly applied: Work<'nxos'>[]
  /** What earlier runs wrote and this one commits. */
  readonly adopted: { readonly net: string | null; readonly saves: boolean }[]
}

export function nxosState(run: string): NxosState {
  return {
    checkpoint: checkpointName(run),
    session: null,
    live: null,
    planned: null,
    staged: false,
    standing: null,
    checkpointed: false,
    spoiled: null,
    applied: [],
    adopted: [],
  }
}

/** A checkpoint's name has at most 80 characters, letters, digits, '-' and '_'. */
function checkpointName(run: string): string {
  return `weft-${run.replace(/[^\w-]/g, '-')}`.slice(0, 80)
}

/** What was read no longer holds: the next read asks the switch. */
export function dropSnapshot(state: NxosState): void {
  state.live = null
  state.planned = null
  state.staged = false
}

/** The lines of configuration among what an intent sends. */
export function linesOf({ commands }: Pick<Work<'nxos'>, 'commands'>): CliLine[] {
  return commands.filter(command => 'line' in command)
}
