import type { Managed } from '../../model/managed.ts'
import type { CliBranch, NxosValue } from '../../model/nxos.ts'

export const SAVE = 'copy running-config startup-config'
const SAVED_ID = 'save:startup-config'

/** That a switch's configuration survives a reload: no line of it. A run saves at its end, once, whoever asks. */
export function savedAs(startup: 'behind' | 'saved'): Managed<NxosValue> {
  const saved = { startup: 'saved' } as const
  return { id: SAVED_ID, before: startup === 'saved' ? saved : { startup }, after: saved }
}

/** What concerns lines of the configuration. */
export function linesAmong(changes: readonly Managed[]): Managed<CliBranch>[] {
  return changes.filter(({ id }) => id !== SAVED_ID) as Managed<CliBranch>[]
}

/** Whether saving is among them; what is saved cannot be made unsaved, so its inverse asks for nothing. */
export function asksToSave(changes: readonly Managed[]): boolean {
  return changes.some(({ id, after }) => id === SAVED_ID && (after as { startup?: string } | null)?.startup === 'saved')
}
