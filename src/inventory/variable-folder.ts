import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assignWritten } from '../model/as-written.ts'
import { FailureError } from '../model/failure.ts'
import { isMapping, type Value, type Variables } from '../model/value.ts'
import { readYamlFile } from './yaml/read.ts'

export interface VariableFolder {
  readonly folder: string
  /** Beside an inventory, or beside the playbook: the latter wins at the same level. */
  readonly owner: 'inventory' | 'playbook'
  readonly group: ReadonlyMap<string, Variables>
  readonly host: ReadonlyMap<string, Variables>
}

/** The group_vars/ and host_vars/ in a folder: files NAME, NAME.yml, NAME.yaml, NAME.json and folders NAME/ of files. */
export function readVariableFolder(folder: string, owner: VariableFolder['owner']): VariableFolder {
  return { folder, owner, group: readNamed(join(folder, 'group_vars')), host: readNamed(join(folder, 'host_vars')) }
}

const EXTENSIONS = /\.(ya?ml|json)$/

function readNamed(folder: string): Map<string, Variables> {
  const named = new Map<string, Record<string, Value>>()
  for (const entry of list(folder)) {
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && list(join(folder, entry.name)).length > 0)
    const name = isFolder ? entry.name : entry.name.replace(EXTENSIONS, '')
    const files = isFolder ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]
    const variables = named.get(name) ?? {}
    for (const file of files) assignWritten(variables, readVariables(file))
    named.set(name, variables)
  }
  return named
}

function filesBelow(folder: string): string[] {
  return list(folder).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

/** Sorted by name; hidden files, backups and files of other kinds passed over. */
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => !/^\.|~$/.test(entry.name))
      .filter(
        entry =>
          entry.isDirectory() ||
          !entry.name.includes('.') ||
          EXTENSIONS.test(entry.name) ||
          !/\.\w{1,5}$/.test(entry.name),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** A file of variables: a YAML mapping, or empty. Throws FailureError (invalid). */
export function readVariables(file: string): Variables {
  const [document] = readYamlFile(file)
  if (!document || document.value === null) return {}
  if (isMapping(document.value)) return document.value
  throw new FailureError({
    code: 'invalid',
    message: `${file}:1:1: a file of variables must be a mapping of names to values.`,
    at: { file, line: 1, column: 1 },
    remedy: 'Write  name: value  lines, without dashes.',
  })
}
