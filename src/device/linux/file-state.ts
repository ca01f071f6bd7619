import { isDeepStrictEqual } from 'node:util'
import { FailureError } from '../../model/failure.ts'
import { contentOf, type FileState, type MachineRead } from '../../model/machine.ts'

/** A file as it is now; null where there is none. Throws FailureError for what is no file, or cannot be read. */
export async function stateOf(read: MachineRead, path: string): Promise<FileState | null> {
  const found = await read.stat(path)
  if (!found) return null
  if (found.type === 'link') return { content: '', mode: null, link: found.target ?? '' }
  const bytes = found.type === 'file' ? await read.readFile(path) : null
  if (!bytes)
    throw new FailureError({
      code: 'failed',
      message: `${path} is not a regular file.`,
      aftermath: 'Nothing was changed there.',
    })
  return { ...contentOf(bytes), mode: found.mode }
}

/** Whether a file is as it was to be; a mode that was left to umask may be any. */
export function sameState(live: FileState | null, wanted: FileState | null): boolean {
  if (!live || !wanted) return live === wanted
  const mode = wanted.mode === null ? null : live.mode
  return isDeepStrictEqual({ ...live, mode }, { ...wanted })
}
