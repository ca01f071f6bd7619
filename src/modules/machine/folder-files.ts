import { posix } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { MachineRead } from '../../model/machine.ts'
import type { SourceFile } from '../../model/module.ts'

/** A copy of more files is a job for a command there. */
const MOST = 10_000

/** The files below a folder of a machine, by their paths from it; links are left out. Throws FailureError failed for too many. */
export async function filesBelow(read: MachineRead, top: string): Promise<SourceFile[]> {
  const found: SourceFile[] = []
  const folders = ['']
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const name of (await read.list(posix.join(top, folder))) ?? []) {
      const path = posix.join(folder, name)
      const whole = posix.join(top, path)
      const is = await read.stat(whole)
      if (is?.type === 'folder') folders.push(path)
      const bytes = is?.type === 'file' ? await read.readFile(whole) : null
      if (bytes && is) found.push({ path, bytes, mode: is.mode })
      if (found.length + folders.length > MOST)
        throw new FailureError({ code: 'failed', message: `${top} contains more than ${MOST} files.` })
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}
