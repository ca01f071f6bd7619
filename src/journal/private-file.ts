import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FailureError } from '../model/failure.ts'
import { OWN_FOLDER } from './place.ts'

/** Files that SQLite puts beside a database; it gives them the rights of the database. */
const BESIDE = ['-wal', '-shm', '-journal']

/**
 * Makes a file that only we can read, and its folder, where they are not there. Throws FailureError unsafe, and writes nothing, where
 * something else stands in their place, or where others could put something there.
 */
export function preparePrivateFile(file: string): void {
  const folder = dirname(file)
  const isOwn = basename(folder) === OWN_FOLDER
  // A folder of weft's own is checked as it stands; one that was named may be reached over links.
  refuseUnsafe(isOwn ? look(folder) : look(folder, statSync), folder, 'folder')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isOwn) closeOwnFolder(folder)
  refuseOpenFolder(folder)
  makePrivate(file)
}

/** Throws FailureError unsafe when a file that is to be read is not ours, or others could have put it there. */
export function checkPrivateFile(file: string): void {
  const folder = dirname(file)
  refuseUnsafe(basename(folder) === OWN_FOLDER ? look(folder) : look(folder, statSync), folder, 'folder')
  refuseOpenFolder(folder)
  refuseUnsafeFiles(file)
}

/** The folder of weft's own may have been made by `weft lab`, or under another umask. */
function closeOwnFolder(folder: string): void {
  if ((statSync(folder).mode & 0o777) !== 0o700) chmodSync(folder, 0o700)
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/** SQLite would make the file with the rights of umask, and readable for a moment is readable. */
function makePrivate(file: string): void {
  refuseUnsafeFiles(file)
  try {
    closeSync(
      openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0), 0o600),
    )
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    refuseUnsafeFiles(file)
  }
  for (const each of [file, ...BESIDE.map(suffix => file + suffix)]) {
    const there = look(each)
    if (there && (there.mode & 0o777) !== 0o600) chmodSync(each, 0o600)
  }
}

function refuseUnsafeFiles(file: string): void {
  for (const each of [file, ...BESIDE.map(suffix => file + suffix)]) refuseUnsafe(look(each), each, 'file')
}

function refuseUnsafe(there: Stats | null, path: string, wanted: 'file' | 'folder'): void {
  if (there === null) return
  if (there.isSymbolicLink()) throw unsafe(`${path} is a symbolic link`, 'Remove the link')
  if (wanted === 'file' ? !there.isFile() : !there.isDirectory())
    throw unsafe(`${path} is no ${wanted}`, 'Move it away')
  const us = process.geteuid?.()
  const mayBeRoots = wanted === 'folder' && basename(path) !== OWN_FOLDER && there.uid === 0
  if (us !== undefined && there.uid !== us && !mayBeRoots)
    throw unsafe(`${path} belongs to another user (uid ${there.uid}, weft runs as ${us})`, 'Run weft as that user')
}

/** In a folder that others may write to, any of the files could be replaced between two looks. */
function refuseOpenFolder(folder: string): void {
  const { mode } = statSync(folder)
  if (process.geteuid !== undefined && (mode & 0o022) !== 0)
    throw unsafe(`others may write to the folder ${folder}`, `Close it (chmod go-w '${folder}')`)
}

function unsafe(what: string, remedy: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `the ledger is not opened: ${what}`,
    remedy: `${remedy}, or choose another place with --ledger FILE.`,
  })
}

function look(path: string, how: (path: string) => Stats = lstatSync): Stats | null {
  try {
    return how(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
