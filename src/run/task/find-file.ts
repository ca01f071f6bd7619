import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { didYouMeanFile } from '../../inventory/near-file.ts'
import { FailureError } from '../../model/failure.ts'

/**
 * A file as Ansible looks for it: in each folder (the role's, the task file's, the playbook's), first below `files/`, `templates/` or
 * `vars/`, then in the folder itself. Throws FailureError naming every place.
 */
export function findFile(folders: readonly string[], kind: string, name: string): string {
  if (isAbsolute(name)) {
    if (existsSync(name)) return name
    throw notFound(name, [name])
  }
  const places = folders.flatMap(folder => [join(folder, kind, name), join(folder, name)]).map(place => resolve(place))
  const found = places.find(place => existsSync(place))
  if (found) return found
  throw notFound(name, [...new Set(places)])
}

function notFound(name: string, places: readonly string[]): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `Could not find or access '${name}'.${didYouMeanFile(...places)}`,
    remedy: `Looked for: ${places.join(', ')}`,
  })
}
