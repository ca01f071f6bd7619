import { createHash } from 'node:crypto'
import { globSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, relative, resolve } from 'node:path'
import { str } from '../python/text.ts'
import { listFrom, textArgument } from './argument.ts'
import type { Filter } from './filter.ts'

const path =
  (change: (name: string) => string): Filter =>
  of =>
    change(str(of))

/** Filters on the names of files. */
export const pathFilters: Record<string, Filter> = {
  basename: path(name => (name.endsWith('/') ? '' : basename(name))),
  dirname: path(name => (name.includes('/') ? dirname(name) : '')),
  expanduser: path(name => name.replace(/^~(?=\/|$)/, home)),
  expandvars: path(name => name.replace(/\$\{?(\w+)\}?/g, (all, variable: string) => process.env[variable] ?? all)),
  realpath: path(name => {
    try {
      return realpathSync(name)
    } catch {
      return resolve(name)
    }
  }),
  relpath: (of, call) => relative(textArgument(call, 0, 'start', '.'), str(of)),
  path_join: of => (Array.isArray(of) ? listFrom(of).map(str).reduce(joined, '') : str(of)),
  win_basename: path(name => name.split(/[\\/]/).at(-1) ?? ''),
  win_dirname: path(name => name.replace(/[\\/][^\\/]*$/, '')),
  fileglob: of => globSync(str(of)).filter(isFile).sort(),
  hash: (of, call) => digest(str(of), textArgument(call, 0, 'hashtype', 'sha1')),
  md5: of => digest(str(of), 'md5'),
  sha1: of => digest(str(of), 'sha1'),
  checksum: of => digest(str(of), 'sha1'),
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() ?? false
}

/** As in Python, `~` stays where nobody has a home. */
function home(): string {
  try {
    return homedir() || '~'
  } catch {
    return '~'
  }
}

/** An absolute part starts anew, as in Python's os.path.join. */
function joined(before: string, part: string): string {
  if (part.startsWith('/') || before === '') return part
  return before.endsWith('/') ? before + part : `${before}/${part}`
}

function digest(text: string, kind: string): string {
  try {
    return createHash(kind).update(text).digest('hex')
  } catch (error) {
    throw new Error(`there is no hash named ${kind}`, { cause: error })
  }
}
