import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { ActionContext, ActionResult } from '../../model/module.ts'
import { whyInvalid } from './validate-file.ts'

export interface WantedFile {
  /** A folder means: the file of this name in it. */
  readonly dest: string
  readonly name?: string | undefined
  readonly content: Buffer
  readonly mode?: string | undefined
  /** False: an existing file is left alone. */
  readonly force?: boolean | undefined
  readonly backup?: boolean | undefined
  /** A command that must accept the new content, with %s for its file. */
  readonly validate?: string | undefined
}

/** Makes a file be what is wanted, with a diff of text; in a plan it only says whether it would change. Written whole or not at all. */
export async function placeFile(context: ActionContext, wanted: WantedFile): Promise<ActionResult> {
  const { path, folder } = placeOf(wanted)
  if (existsSync(path) && !statSync(path).isFile()) return notAFile(path)
  const before = existsSync(path) ? readFileSync(path) : null
  const values = { dest: path, checksum: sha1(wanted.content), size: wanted.content.length }
  if (before && wanted.force === false) return { changed: false, values }
  if (folder === null && !existsSync(dirname(path))) {
    const message = `The folder ${dirname(path)} of ${path} does not exist.`
    return { failure: { code: 'failed', message, remedy: 'Make the folder first.' } }
  }
  const mode = modeOf(wanted.mode, before ? statSync(path).mode & 0o7777 : null)
  const newContent = !before?.equals(wanted.content)
  const newMode = before !== null && mode !== null && (statSync(path).mode & 0o7777) !== mode
  const diff = context.diff && newContent ? { diff: [textDiff(path, before, wanted.content)] } : {}
  if (context.check || (!newContent && !newMode)) return { changed: newContent || newMode, values, ...diff }
  const failure = wanted.validate && newContent ? await whyInvalid(context, wanted.validate, wanted.content) : null
  if (failure) return { failure, values }
  if (folder) mkdirSync(folder, { recursive: true })
  const backup = before && wanted.backup ? saveBackup(path, before) : null
  if (newContent) write(path, wanted.content)
  if (mode !== null) chmodSync(path, mode)
  return { changed: true, values: { ...values, ...(backup ? { backup_file: backup } : {}) }, ...diff }
}

/** A device would be read without end, or be replaced by a file. */
function notAFile(path: string): ActionResult {
  const message = `${path} is not a regular file.`
  return { failure: { code: 'failed', message, remedy: 'Name a file, or a folder with / at its end.' } }
}

export function sha1(content: Buffer): string {
  return createHash('sha1').update(content).digest('hex')
}

/** The path of the file, and the folder that is made for it where that does not exist. */
function placeOf({ dest, name }: WantedFile): { path: string; folder: string | null } {
  const isFolder = dest.endsWith('/') || (existsSync(dest) && statSync(dest).isDirectory())
  return isFolder && name ? { path: join(dest, basename(name)), folder: dest } : { path: dest, folder: null }
}

/** Octal text, or `preserve` and symbolic forms of one clause (u=rw,g=r). */
function modeOf(mode: string | undefined, current: number | null): number | null {
  if (mode === undefined || mode === 'preserve') return null
  if (/^0?[0-7]{3,4}$/.test(mode)) return Number.parseInt(mode, 8)
  return mode.split(',').reduce((bits, clause) => withClause(bits, clause), current ?? 0o644)
}

function withClause(bits: number, clause: string): number {
  const [, who = 'a', sign = '=', what = ''] = /^([ugoa]*)([=+-])([rwx]*)$/.exec(clause) ?? []
  const value = [...what].reduce((sum, letter) => sum | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0)
  const shifts = [...(who === '' || who.includes('a') ? 'ugo' : who)].map(letter => ({ u: 6, g: 3, o: 0 })[letter] ?? 0)
  return shifts.reduce((all, shift) => {
    if (sign === '+') return all | (value << shift)
    if (sign === '-') return all & ~(value << shift)
    return (all & ~(7 << shift)) | (value << shift)
  }, bits)
}

function write(path: string, content: Buffer): void {
  const beside = `${path}.weft-${process.pid}`
  try {
    writeFileSync(beside, content)
    if (existsSync(path)) chmodSync(beside, statSync(path).mode & 0o7777)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw notWritten(path, error)
  }
}

function notWritten(path: string, error: unknown): FailureError {
  const { code = '', message } = error as NodeJS.ErrnoException
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return new FailureError(
    {
      code: 'failed',
      message: `${path} was not written: ${isFull ? 'the disk is full' : message}.`,
      aftermath: 'The file is as it was before.',
      remedy: isFull ? 'Free space there (df), then run again.' : 'Check the path and its permissions.',
    },
    error,
  )
}

function saveBackup(path: string, content: Buffer): string {
  const file = `${path}.${new Date().toISOString().replaceAll(':', '')}~`
  writeFileSync(file, content)
  return file
}

function textDiff(path: string, before: Buffer | null, after: Buffer) {
  const shown = (content: Buffer | null) => (content?.includes(0) ? '(binary)\n' : (content?.toString('utf8') ?? ''))
  return { before: shown(before), after: shown(after), header: path }
}
