import { posix, resolve } from 'node:path'
import type { MachineRead } from '../../model/machine.ts'

/** A path as a machine has it from its root: ~/ is the user's home there, a relative one starts here in weft's folder, on a node at home. */
export async function absolutePath(read: MachineRead, path: string): Promise<string> {
  const isHome = path === '~' || path.startsWith('~/')
  const slash = path.endsWith('/') ? '/' : ''
  if (!isHome && (path.startsWith('/') || path === '')) return path
  if (!isHome && read.local) return withEnd(resolve(path), slash)
  const { HOME = '' } = await read.environment(['HOME'])
  if (HOME === '') return path
  return withEnd(posix.join(HOME, isHome ? path.slice(1) : path), slash)
}

function withEnd(path: string, slash: string): string {
  return path.endsWith('/') ? path : `${path}${slash}`
}

/** Whether a path, or one that a pattern with *, ? and [] means, is there. */
export async function isThere(read: MachineRead, path: string, folder: string | undefined): Promise<boolean> {
  const whole = await absolutePath(read, folder === undefined || path.startsWith('/') ? path : posix.join(folder, path))
  if (await read.stat(whole, { follow: true })) return true
  return /[*?[]/.test(whole) && matches(read, '/', whole.split('/').filter(Boolean))
}

async function matches(read: MachineRead, folder: string, [part, ...rest]: readonly string[]): Promise<boolean> {
  if (part === undefined) return (await read.stat(folder, { follow: true })) !== null
  if (!/[*?[]/.test(part)) return matches(read, posix.join(folder, part), rest)
  const pattern = patternOf(part)
  for (const name of (await read.list(folder)) ?? []) {
    if (name.startsWith('.') && !part.startsWith('.')) continue
    if (pattern.test(name) && (await matches(read, posix.join(folder, name), rest))) return true
  }
  return false
}

/** A shell pattern of one name; a bracket that does not end is itself. */
function patternOf(part: string): RegExp {
  const source = part.replace(
    /\*+|\?|\[(!?)([^\]]+)\]|[\s\S]/g,
    (found, not: string | undefined, set: string | undefined) => {
      if (found.startsWith('*')) return '[^/]*'
      if (found === '?') return '[^/]'
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`
      return found.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    },
  )
  return new RegExp(`^${source}$`, 's')
}
