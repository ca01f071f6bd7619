import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** The first existing file of that name below the folders, or null. `inside` are subfolders tried before each folder itself. */
export function findBelow(folders: readonly string[], name: string, inside: readonly string[] = []): string | null {
  if (isAbsolute(name)) return existsSync(name) ? name : null
  for (const folder of folders)
    for (const candidate of [...inside.map(each => join(folder, each, name)), join(folder, name)])
      if (existsSync(candidate)) return candidate
  return null
}
