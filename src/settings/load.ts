import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { parseYaml } from '../inventory/yaml/read.ts'
import { FailureError } from '../model/failure.ts'
import { formatPosition, positionOf } from '../model/position.ts'
import type { Settings } from './settings.ts'

export interface Where {
  readonly environment: NodeJS.ProcessEnv
  /** Folders whose content the repository decides: a file of settings below one of them is not the operator's. */
  readonly repositories: readonly string[]
}

/**
 * The operator's settings: from $WEFT_CONFIG, else ~/.config/weft/weft.yml ($XDG_CONFIG_HOME), else /etc/weft/weft.yml. Without a file
 * all of them are as strict as can be.
 * @throws FailureError unsafe (below the repository, writable by others), invalid (with file, line and column)
 */
export async function loadSettings({ environment, repositories }: Where): Promise<Settings> {
  const file = settingsFile(environment)
  // Most runs have none, and need no schema.
  if (file === null) return { allow_in_plan: [], roots: [], inventory_scripts: false }
  refuseUnsafe(file, repositories)
  const [document] = parseYaml(readFileSync(file, 'utf8'), file)
  const { Settings } = await import('./settings.ts')
  const read = Settings.safeParse(document?.value ?? {})
  if (read.success) return read.data
  const [issue] = read.error.issues
  const at = document && positionOf(document.source, (issue?.path ?? []) as (string | number)[])
  throw new FailureError({
    code: 'invalid',
    message: `${at ? formatPosition(at) : file}: ${issue?.message ?? 'this is not a settings file'}.`,
    ...(at ? { at: { file: at.file, line: at.line, column: at.column } } : {}),
    remedy: 'docs/settings.md lists the settings.',
  })
}

/** The first file that is there; the one that WEFT_CONFIG names must be. */
function settingsFile(environment: NodeJS.ProcessEnv): string | null {
  const { WEFT_CONFIG: named, XDG_CONFIG_HOME: config, HOME: home } = environment
  if (named) {
    if (found(named)) return resolve(named)
    const message = `WEFT_CONFIG names ${named}, which is not a file.`
    throw new FailureError({ code: 'invalid', message, remedy: 'Correct it, or unset it.' })
  }
  const own = config && isAbsolute(config) ? config : home && isAbsolute(home) ? join(home, '.config') : null
  const places = [...(own === null ? [] : [join(own, 'weft', 'weft.yml')]), '/etc/weft/weft.yml']
  return places.find(place => found(place)) ?? null
}

function found(file: string): Stats | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats?.isFile() ? stats : undefined
}

/** Links are followed: what counts is where the text really is. */
function refuseUnsafe(file: string, repositories: readonly string[]): void {
  const real = realpathSync(file)
  const inside = repositories.map(realOf).find(folder => isBelow(real, folder))
  if (inside !== undefined) {
    throw unsafe(`The settings ${file} are below ${inside}, so they are the repository's and not the operator's.`)
  }
  const { mode, uid } = statSync(real)
  if ((mode & 0o022) !== 0) throw unsafe(`The settings ${file} can be written to by others.`)
  if (uid !== 0 && uid !== process.getuid?.()) throw unsafe(`The settings ${file} belong to another user.`)
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way)
}

function unsafe(message: string): FailureError {
  const remedy =
    'Keep them in ~/.config/weft/weft.yml or /etc/weft/weft.yml, owned by you or root, mode 0644 or stricter.'
  return new FailureError({ code: 'unsafe', message, remedy })
}
