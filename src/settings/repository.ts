import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The top of the git repository that a file is in; its own folder where it is in none. */
export function repositoryOf(file: string): string {
  const start = dirname(resolve(file))
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return start
  }
}
