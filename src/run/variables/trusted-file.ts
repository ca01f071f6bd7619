import { existsSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, parse, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readTextFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'

/** Which files may hold templates: those below these folders that were there, as they are, before this time. */
export interface Trust {
  /** Real paths of the repositories. */
  readonly roots: readonly string[]
  /** Real paths of the folders that the operator has added. */
  readonly added: readonly string[]
  /** When the run began, in nanoseconds of the machine's clock. */
  readonly since: bigint
}

/**
 * The files that a run may take templates, variables and tasks from: those of the repositories (a folder with .git, else the folder that weft
 * is started in, else the file's own) that its playbooks and inventories stand in, and the operator's roots.
 */
export function newTrust(options: {
  readonly playbooks: readonly string[]
  readonly inventory: readonly string[]
  readonly folder: string
  readonly roots?: readonly string[]
}): Trust {
  const { folder } = options
  const named = options.inventory.filter(source => !source.includes(',')).map(source => resolve(folder, source))
  const folders = [...options.playbooks.map(playbook => dirname(resolve(folder, playbook))), ...named]
  const roots = folders.flatMap(each => topOf(each, folder) ?? [])
  // A millisecond more than now, which is cut to whole ones: what was written just before is older in any case.
  const added = (options.roots ?? []).flatMap(root => realPath(root) ?? [])
  return { roots: [...new Set(roots)], added, since: BigInt(Date.now() + 1) * MILLISECOND }
}

/**
 * Why a file is not trusted, as the end of a sentence that begins with its name; null when it is. `folders` are those that the task looks
 * in, each of which holds a file of the playbook. A file that some task made or changed in this run is not trusted wherever it stands: its
 * text may be a device's.
 */
export function whyUntrusted(file: string, trust: Trust, folders: readonly string[] = []): string | null {
  const real = realPath(file)
  if (real === null) return 'cannot be read'
  const isInside =
    [...trust.roots, ...trust.added].some(root => isBelow(real, root)) ||
    folders.some(folder => isBelow(real, realPath(folder)))
  if (!isInside) return `stands outside of the repository (${trust.roots.join(', ')})`
  return whyChanged(real, trust)
}

/** The same for a file wherever it stands: whether it is as it was when the run began. */
export function whyChanged(file: string, trust: Trust): string | null {
  const real = realPath(file)
  if (real === null) return 'cannot be read'
  const changed = lastChange(real)
  if (changed + grainOf(changed) < trust.since) return null
  if (changed < trust.since)
    return 'was changed so shortly before the run that its file system cannot tell which was first'
  return 'was changed since the run began'
}

/** The first of some files that is not trusted, and why, as a sentence; null when all are. */
export function untrustedIn(files: readonly string[], trust: Trust, folders: readonly string[]): string | null {
  for (const file of files) {
    const why = whyUntrusted(file, trust, folders)
    if (why !== null) return `${file} ${why}`
  }
  return null
}

/** Throws FailureError (unsafe) for a file that is not trusted. Call it after reading: what was read is then what was looked at. */
export function refuseUntrusted(
  file: string,
  { trust, folders, what }: { trust: Trust; folders: readonly string[]; what: string },
): void {
  const why = whyUntrusted(file, trust, folders)
  if (why === null) return
  throw new FailureError({
    code: 'unsafe',
    message: `${what} are not taken from ${file}: it ${why}.`,
    remedy: `Keep ${what.toLowerCase()} in the repository, or below the roots of your own settings (docs/settings.md). Text that a task makes is data: read it by include_vars, slurp or lookup('file', …).`,
  })
}

/** The text of a template file. Throws FailureError (invalid) when it cannot be read, (unsafe) when it is not trusted. */
export function readTrusted(file: string, where: { trust: Trust; folders: readonly string[] }): string {
  const text = readTextFile(file)
  refuseUntrusted(file, { ...where, what: 'Templates' })
  return text
}

/** Waits until a file that is written from now on is not taken for an older one: clocks of file systems lag by up to 10 ms. */
export async function untilTold({ since }: Trust): Promise<void> {
  const left = Number(since / MILLISECOND) + TICK - Date.now()
  if (left > 0) await sleep(Math.min(left, TICK))
}

const MILLISECOND = 1_000_000n
const SECOND = 1_000_000_000n
/** Linux stamps files with the time of the last tick of its clock, of which there are 100 to 1000 in a second. */
const TICK = 12

/**
 * The later of the times when its text and its inode changed: a task can set the first to any time (copy with mode preserve, touch), not
 * the second.
 */
function lastChange(real: string): bigint {
  const { mtimeNs, ctimeNs } = statSync(real, { bigint: true })
  return mtimeNs > ctimeNs ? mtimeNs : ctimeNs
}

/** File systems that keep whole seconds (some NFS, HFS+) or every second one (FAT) cut what is between. */
function grainOf(time: bigint): bigint {
  return time % SECOND === 0n ? (time % (2n * SECOND) === 0n ? 2n * SECOND : SECOND) : 0n
}

/** The top of the repository that a folder is in. */
function topOf(folder: string, start: string): string | null {
  const real = realPath(folder)
  if (real === null) return null
  for (let at = real; at !== dirname(at); at = dirname(at)) if (existsSync(join(at, '.git'))) return at
  const begun = realPath(start)
  const isTooWide = begun === null || begun === parse(begun).root || begun === realPath(homedir())
  return !isTooWide && isBelow(real, begun) ? begun : real
}

function isBelow(path: string, folder: string | null): boolean {
  if (folder === null) return false
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}
