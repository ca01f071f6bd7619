import { randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { chmod, lstat, mkdir, open, readFile, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { ProcessEnd } from '../../model/machine.ts'
import { noFolder, notAccepted, notAFile, notWritten, refuseBadPath } from '../machine/complaint.ts'
import { type Placing, TEMPORARY } from '../machine/machine.ts'
import { refuseLinkedFolder } from './linked-folder.ts'

type Asked = (command: readonly string[]) => Promise<ProcessEnd>

/**
 * Puts a file in its place: written beside it under a name that cannot be guessed, with its final rights from the start, kept on disk,
 * then renamed. A link of that name is replaced, not followed. Owner and rights stay those of the old file unless told.
 * @param run starts the program that validates
 */
export async function placeLocal({ path, bytes, mode, backup, validate }: Placing, run: Asked): Promise<void> {
  refuseBadPath(path)
  await refuseLinkedFolder(path)
  const old = await lstat(path).catch(absent(path))
  if (old && !old.isFile() && !old.isSymbolicLink()) throw notAFile(path)
  const kept = old?.isFile() ? old : null
  const beside = temporaryFor(path)
  try {
    await writeBeside(beside, bytes, { mode: mode ?? (kept ? kept.mode & 0o7777 : null), owner: kept })
    if (validate) await accept(validate, beside, run)
    if (backup !== undefined && kept) await saveBackup(backup, path, kept)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw complaintOf(path, error)
  }
}

async function writeBeside(
  file: string,
  bytes: Buffer,
  { mode, owner }: { mode: number | null; owner: Stats | null },
): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  const handle = await open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode ?? 0o666)
  try {
    const isOurs = owner === null || (await keepOwner(handle, owner))
    // What another user's rights would allow is not given to a file that became ours.
    if (mode !== null) await handle.chmod(isOurs ? mode : mode & 0o1777)
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Only root can give a file away; who is not becomes its owner, as with Ansible. */
async function keepOwner(handle: Awaited<ReturnType<typeof open>>, { uid, gid }: Stats): Promise<boolean> {
  const own = await handle.stat()
  if (own.uid === uid && own.gid === gid) return true
  return handle.chown(uid, gid).then(
    () => true,
    () => false,
  )
}

async function accept(words: readonly string[], file: string, run: Asked): Promise<void> {
  const { rc, stdout, stderr, missing } = await run(words.map(word => word.replaceAll('%s', file)))
  if (rc === 0) return
  throw notAccepted(words, missing ? `${words[0]} is not there` : `${stdout}\n${stderr}`.trim().slice(-2000))
}

async function saveBackup(backup: string, path: string, old: Stats): Promise<void> {
  const beside = temporaryFor(backup)
  try {
    await writeBeside(beside, await readFile(path), { mode: old.mode & 0o7777, owner: old })
    await rename(beside, backup)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw error
  }
}

/** A link of this name is replaced in one step too. */
export async function linkLocal(path: string, target: string): Promise<void> {
  const beside = temporaryFor(path)
  try {
    await symlink(target, beside)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw complaintOf(path, error)
  }
}

export async function removeLocal(path: string): Promise<void> {
  refuseBadPath(path)
  await refuseLinkedFolder(path)
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw complaintOf(path, error)
  })
}

/** The topmost folder that was made; null where all were there. */
export async function folderLocal(path: string, mode: number | null): Promise<string | null> {
  refuseBadPath(path)
  await refuseLinkedFolder(join(path, 'x'))
  try {
    const made = await mkdir(path, { recursive: true })
    if (made !== undefined && mode !== null) await chmod(path, mode)
    return made ?? null
  } catch (error) {
    throw complaintOf(path, error)
  }
}

export async function removeFolderLocal(path: string): Promise<void> {
  await rmdir(path).catch(error => {
    throw complaintOf(path, error)
  })
}

function temporaryFor(path: string): string {
  return join(dirname(path), `${TEMPORARY}${randomBytes(12).toString('hex')}`)
}

/** The rename is on disk only when its folder is. Some file systems cannot, which is no reason to fail. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {}
}

function absent(path: string) {
  return (error: NodeJS.ErrnoException): null => {
    if (error.code === 'ENOENT') return null
    throw complaintOf(path, error)
  }
}

function complaintOf(path: string, error: unknown): FailureError {
  if (error instanceof FailureError) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return noFolder(dirname(path), path)
  return notWritten(path, { code, said: code === 'EACCES' || code === 'EPERM' ? 'permission denied' : message })
}
