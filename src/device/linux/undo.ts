import type { Machine } from '../../connection/machine/machine.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import { bytesOf, type FileState } from '../../model/machine.ts'
import { sameState, stateOf } from './file-state.ts'

/** One thing that was done, and what leads back from it. */
export type Undo =
  | { readonly path: string; readonly before: FileState | null; readonly after: FileState | null }
  /** Folders that were made, from the topmost to the lowest. */
  | { readonly made: string; readonly to: string }

/**
 * Puts back what was there, the last first, and takes it off the list. What somebody has changed since is left alone and told.
 * Null = all of it is as it was.
 */
export async function undoAll(machine: Machine, done: Undo[]): Promise<Failure | null> {
  const problems: string[] = []
  for (let last = done.pop(); last; last = done.pop()) {
    try {
      const problem = 'made' in last ? await undoFolder(machine, last) : await undoFile(machine, last)
      if (problem !== null) problems.push(problem)
    } catch (error) {
      problems.push(toFailure(error).message)
    }
  }
  if (problems.length === 0) return null
  const message = `Not all was put back: ${problems.join(' ')}`
  return { code: 'failed', message, aftermath: message }
}

async function undoFile(
  machine: Machine,
  { path, before, after }: Extract<Undo, { path: string }>,
): Promise<string | null> {
  const live = await stateOf(machine.read, path)
  if (sameState(live, before)) return null
  if (!sameState(live, after)) return `${path} was changed by somebody else since, and is left as it is.`
  if (before === null) await machine.remove(path)
  else if (before.link !== undefined) await machine.link(path, before.link)
  else await machine.place({ path, bytes: bytesOf(before), mode: before.mode })
  return null
}

/** What others have put into a folder keeps it. */
async function undoFolder(machine: Machine, { made, to }: Extract<Undo, { made: string }>): Promise<null> {
  let folder = to.replace(/(?<=.)\/+$/, '')
  while (folder.length >= made.length) {
    const names = await machine.read.list(folder)
    if (names && names.length > 0) return null
    if (names) await machine.removeFolder(folder)
    const cut = folder.lastIndexOf('/')
    if (cut <= 0) return null
    folder = folder.slice(0, cut)
  }
  return null
}
