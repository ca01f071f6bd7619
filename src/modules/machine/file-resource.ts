import { createHash } from 'node:crypto'
import { basename, posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { FailureError } from '../../model/failure.ts'
import { bytesOf, contentOf, type FileState, type MachineCommand, type MachineRead } from '../../model/machine.ts'
import type { Managed, ShownChange } from '../../model/managed.ts'
import type { TextDiff } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { splitWords } from '../../model/words.ts'
import { modeOf } from './mode.ts'
import { absolutePath } from './paths.ts'

/** Arguments that copy and template share. */
export interface FileArgs {
  readonly dest: string
  readonly mode?: string | undefined
  /** False: an existing file is left alone. */
  readonly force?: boolean | undefined
  readonly backup?: boolean | undefined
  /** A command that must accept the new content, with %s for its file. */
  readonly validate?: string | undefined
  /** What a link of that name leads to is written, not the link replaced. */
  readonly follow?: boolean | undefined
}

/** A file that is wanted; `name` is what it is called in a folder. */
export interface WantedFile {
  readonly name?: string | undefined
  readonly bytes: Buffer
  readonly mode: number | null
}

export interface SeenFile {
  readonly path: string
  readonly before: FileState | null
  readonly bytes: Buffer
  readonly sourceMode: number | null
  /** The folder is made where it is not there. */
  readonly inFolder: boolean
}

/** Where a file goes, and what is there. A dest that ends in / or is a folder means: the file of this name in it. */
export async function observeFile(read: MachineRead, wanted: WantedFile, args: FileArgs): Promise<SeenFile> {
  const dest = await absolutePath(read, args.dest)
  const found = await read.stat(dest, { follow: true })
  const isFolder = dest.endsWith('/') || found?.type === 'folder'
  const inFolder = isFolder && wanted.name !== undefined
  const path = inFolder ? posix.join(dest, basename(wanted.name ?? '')) : dest
  const place = args.follow ? await followed(read, path) : path
  const before = await stateAt(read, place)
  if (!before && !inFolder && !(await read.stat(posix.dirname(place), { follow: true }))) throw noFolder(place)
  return { path: place, before, bytes: wanted.bytes, sourceMode: wanted.mode, inFolder }
}

/** The end of a chain of links; a link that leads nowhere is its own end. */
async function followed(read: MachineRead, path: string): Promise<string> {
  let place = path
  for (let step = 0; step < 40; step++) {
    const found = await read.stat(place)
    if (found?.type !== 'link' || found.target === undefined) return place
    place = posix.resolve(posix.dirname(place), found.target)
  }
  throw new FailureError({ code: 'failed', message: `${path} is a link that leads in a circle.` })
}

async function stateAt(read: MachineRead, path: string): Promise<FileState | null> {
  const found = await read.stat(path)
  if (!found) return null
  if (found.type === 'link') return { content: '', mode: null, link: found.target ?? '' }
  const bytes = found.type === 'file' ? await read.readFile(path) : null
  if (bytes) return { ...contentOf(bytes), mode: found.mode }
  const remedy = 'Name a file, or a folder with / at its end.'
  throw new FailureError({ code: 'failed', message: `${path} is not a regular file.`, remedy })
}

export function planFile({ path, before, bytes, sourceMode }: SeenFile, args: FileArgs): Managed<FileState> {
  const id = `file:${path}`
  if (before && args.force === false) return { id, before, after: before }
  const current = before?.mode ?? null
  const mode = modeOf(args.mode, { current, source: sourceMode }) ?? current
  const after = { ...contentOf(bytes), mode }
  return { id, before, after: isDeepStrictEqual(before, after) ? before : after }
}

/** @param inFolder folders on the way are made where they are not there */
export function renderFiles(
  changes: readonly Managed<FileState>[],
  args: FileArgs,
  inFolder: boolean,
): MachineCommand[] {
  const made = new Set<string>()
  const validate = validation(args.validate)
  return changes.flatMap(({ id, before, after }): MachineCommand[] => {
    const path = id.slice('file:'.length)
    if (!after) return [{ remove: path }]
    const folder = posix.dirname(path)
    const isNew = inFolder && !made.has(folder)
    made.add(folder)
    const backup = args.backup ? backupOf(path, before) : null
    return [
      ...(isNew ? [{ folder, mode: null }] : []),
      {
        place: path,
        file: after,
        ...(backup === null ? {} : { backup }),
        ...(validate && !hasSameContent(before, after) ? { validate } : {}),
      },
    ]
  })
}

function validation(validate: string | undefined): string[] | null {
  if (validate === undefined) return null
  if (validate.includes('%s')) return splitWords(validate)
  throw new FailureError({ code: 'invalid', message: `validate must contain %s: ${validate}` })
}

/** Named by what it holds, so that a plan and the run that applies it mean the same file. */
export function backupOf(path: string, before: FileState | null): string | null {
  if (!before || before.link !== undefined) return null
  return `${path}.${sha1(bytesOf(before)).slice(0, 12)}~`
}

export function sha1(content: Buffer): string {
  return createHash('sha1').update(content).digest('hex')
}

/** What `register` receives for one file. */
export function fileResult(
  changes: readonly Managed<FileState>[],
  args: FileArgs,
  { path, bytes }: SeenFile,
): Record<string, Value> {
  const [change] = changes
  const backup = change && args.backup ? backupOf(path, change.before) : null
  return { dest: path, checksum: sha1(bytes), size: bytes.length, ...(backup === null ? {} : { backup_file: backup }) }
}

export function textsOf({ id, before, after }: Managed<FileState>): TextDiff | null {
  if (hasSameContent(before, after)) return null
  return { before: shownText(before), after: shownText(after), header: id.slice('file:'.length) }
}

/** As a reviewer reads it: the lines between the first and the last that differ. */
export function showFile(change: Managed<FileState>): ShownChange {
  const { id, before, after, oneWay } = change
  const texts = textsOf(change)
  return {
    resource: id,
    action: before === null ? 'create' : after === null ? 'delete' : 'update',
    lines: [...(texts ? linesBetween(texts) : []), ...modeLines(before, after)],
    ...(oneWay === undefined ? {} : { oneWay }),
  }
}

function hasSameContent(before: FileState | null, after: FileState | null): boolean {
  if (!before || !after || before.link !== after.link) return before === after
  return before.content === after.content && before.encoding === after.encoding
}

function shownText(state: FileState | null): string {
  if (!state) return ''
  if (state.link !== undefined) return `(a link to ${state.link})\n`
  return state.encoding === 'base64' ? '(binary)\n' : state.content
}

function linesBetween({ before, after }: TextDiff): string[] {
  const old = before.split('\n')
  const now = after.split('\n')
  let start = 0
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++
  let end = 0
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const changed = (lines: string[], sign: string) =>
    lines.slice(start, lines.length - end).map(line => `${sign}${line}`)
  return [...changed(old, '-'), ...changed(now, '+')]
}

function modeLines(before: FileState | null, after: FileState | null): string[] {
  const [old, now] = [before?.mode ?? null, after?.mode ?? null]
  if (old === now || now === null) return []
  return [
    ...(old === null ? [] : [`-mode ${old.toString(8).padStart(4, '0')}`]),
    `+mode ${now.toString(8).padStart(4, '0')}`,
  ]
}

function noFolder(path: string): FailureError {
  const message = `The folder ${posix.dirname(path)} of ${path} does not exist.`
  return new FailureError({ code: 'failed', message, remedy: 'Make the folder first.' })
}
