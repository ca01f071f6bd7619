import type { Standing } from '../../model/device.ts'
import type { FileState, MachineRead } from '../../model/machine.ts'
import type { Managed } from '../../model/managed.ts'
import { sameState, stateOf } from './file-state.ts'

const FILE = 'file:'

/** How each of these changes of files stands now. What is no file any more, or cannot be read, is something else. */
export function standingsOf(read: MachineRead, changes: readonly Managed[]): Promise<Standing[]> {
  return Promise.all(changes.map(change => standingOf(read, change)))
}

async function standingOf(read: MachineRead, { id, before, after }: Managed): Promise<Standing> {
  if (!id.startsWith(FILE)) return 'other'
  const live = await stateOf(read, id.slice(FILE.length)).catch(() => undefined)
  if (live === undefined) return 'other'
  if (sameState(live, after as FileState | null)) return 'made'
  return sameState(live, before as FileState | null) ? 'unmade' : 'other'
}
