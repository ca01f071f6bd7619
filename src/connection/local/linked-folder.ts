import { lstat } from 'node:fs/promises'
import { dirname, parse, resolve, sep } from 'node:path'
import { FailureError } from '../../model/failure.ts'

/**
 * Refuses to write through a link that anybody may have put there: one in a folder that everyone can write to, that is neither ours nor
 * the folder's owner's (the rule of Linux's fs.protected_symlinks, which holds in sticky folders only).
 * @throws FailureError unsafe
 */
export async function refuseLinkedFolder(path: string): Promise<void> {
  const folder = dirname(resolve(path))
  const { root } = parse(folder)
  let parent = root
  for (const name of folder
    .slice(root.length)
    .split(sep)
    .filter(part => part !== '')) {
    const child = `${parent === root ? root : parent + sep}${name}`
    const found = await lstat(child).catch(() => null)
    if (!found) return
    if (found.isSymbolicLink() && (await isForeign(parent, found.uid))) throw refused(path, child)
    parent = child
  }
}

/** @param owner the user id of a link in the folder */
async function isForeign(folder: string, owner: number): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  if (!found || (found.mode & 0o002) === 0) return false
  return owner !== process.getuid?.() && owner !== found.uid
}

function refused(path: string, link: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `${path} would be written through the link ${link}, which stands in a folder that everyone can write to.`,
    aftermath: 'Nothing was written.',
    remedy: 'Name the folder that the link leads to.',
  })
}
