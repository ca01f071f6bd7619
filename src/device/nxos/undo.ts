import { renderCli } from '../../diff/cli/render.ts'
import { maskedContexts, maskedLine } from '../../diff/cli/secret.ts'
import { unmetChanges } from '../../diff/cli/verify.ts'
import { asSent, cliWayBack } from '../../diff/cli/way-back.ts'
import type { Failure } from '../../model/failure.ts'
import type { CliBranch } from '../../model/nxos.ts'
import type { Conflict } from '../../model/way-back.ts'
import { readAgain } from './read-again.ts'
import { revertedByRollback, rolledBack } from './roll-back.ts'
import { dropSnapshot, linesOf, type NxosState } from './state.ts'
import { typeLines, type Undoing } from './type-lines.ts'

/** Undone by lines, with what others have changed meanwhile; or why lines do not lead back. */
type ByLines = { readonly conflicts: readonly Conflict<CliBranch>[] } | { readonly instead: string }

/**
 * Takes back what works have changed, wholly or in part, and nothing else: lines that others have typed meanwhile stay. Two round trips
 * beside those of the lines.
 */
export async function undoByLines({ state, wire, options, works }: Undoing): Promise<ByLines> {
  const changes = works.flatMap(({ differences }) => differences)
  const isExplained = works.every(work => work.differences.length > 0 || linesOf(work).length === 0)
  if (!isExplained) return { instead: 'its lines do not say what they change' }
  const read = await readAgain(wire)
  if ('failure' in read) return { instead: read.failure.message }
  const way = cliWayBack(changes, read.live)
  if (!way) return { instead: 'there are lines among them that no other line takes back' }
  const lines = renderCli(way.back)
  if (lines.length === 0) return way
  options.progress('undoing', `${lines.length} lines`)
  const refused = await typeLines({ state, wire, options }, lines)
  if (refused) return { instead: `${refused.message} ${refused.device?.said ?? ''}`.trim() }
  const proof = await readAgain(wire)
  if ('failure' in proof) return { instead: proof.failure.message }
  const [unmet] = unmetChanges(proof.live, way.back.flatMap(asSent))
  return unmet ? { instead: `afterwards ${unmet.said}` } : way
}

/**
 * Undoes a failed task, so that the earlier tasks of the run stay: by the opposite lines, and where these do not lead back by a rollback
 * and the earlier tasks once more. The failure comes back with what became of everything.
 */
export async function undoTask(undoing: Undoing & { readonly failure: Failure }): Promise<Failure> {
  const { state, options, failure } = undoing
  dropSnapshot(state)
  const byLines = await undoByLines(undoing)
  if ('conflicts' in byLines) return { ...failure, aftermath: takenBack(state, byLines.conflicts) }
  return rolledBack({ ...undoing, why: byLines.instead, host: options.endpoint.host })
}

function takenBack({ applied }: NxosState, conflicts: readonly Conflict<CliBranch>[]): string {
  const earlier =
    applied.length === 0
      ? 'the switch is as it was before this run but for what others have changed'
      : `${applied.length === 1 ? 'the task' : `the ${applied.length} tasks`} before it stay`
  return `Undone: its lines were taken back one by one, nothing else was touched; ${earlier}.${leftBy(conflicts)}`
}

/** What stays because somebody else has changed it too. */
export function leftBy(conflicts: readonly Conflict<CliBranch>[]): string {
  if (conflicts.length === 0) return ''
  const names = conflicts.map(({ live, wanted, then }) => {
    const value = live ?? wanted ?? then
    return value ? [...maskedContexts(value.parents), maskedLine(value.line, value.parents.at(-1))].join(' / ') : ''
  })
  return ` Somebody else has changed these meanwhile, they were left: ${names.join('; ')}.`
}

/** Takes back everything that this run wrote and has not committed. Null = done. */
export async function revertRun(undoing: Omit<Undoing, 'works'>): Promise<Failure | null> {
  const { state } = undoing
  if (!state.checkpointed) return null
  dropSnapshot(state)
  const byLines = await undoByLines({ ...undoing, works: [...state.applied] })
  if ('conflicts' in byLines) {
    state.applied.length = 0
    return byLines.conflicts.length === 0
      ? null
      : {
          code: 'stale',
          message: `${undoing.options.endpoint.host} was changed by somebody else too.`,
          aftermath: `What this run had changed was taken back.${leftBy(byLines.conflicts)}`,
        }
  }
  return revertedByRollback(undoing)
}
