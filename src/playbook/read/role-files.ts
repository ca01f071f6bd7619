import { join } from 'node:path'
import { readVariables } from '../../inventory/variable-folder.ts'
import { readYamlFile } from '../../inventory/yaml/read.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { findBelow } from '../template/find.ts'
import type { Loading, Node } from './loading.ts'

/** Which files of a role are asked for instead of main.yml. */
export interface RoleFiles {
  readonly tasksFrom?: string
  readonly varsFrom?: string
  readonly defaultsFrom?: string
  readonly handlersFrom?: string
}

/** Where a role is: roles/NAME beside the playbook, NAME beside the role that asks, or a path. Null when it is nowhere. */
export function findRole(name: string, loading: Loading): string | null {
  const folders = [
    loading.playbookFolder,
    ...loading.folders,
    ...loading.folders.map(folder => join(folder, '..', '..')),
  ]
  return findBelow([...new Set(folders)], name, ['roles'])
}

/** tasks_from, vars_from, defaults_from, handlers_from of include_role and import_role. */
export function roleFiles(args: Record<string, Value>): RoleFiles {
  const from = (key: string) => (typeof args[key] === 'string' ? String(args[key]) : undefined)
  const [tasksFrom, varsFrom, defaultsFrom, handlersFrom] = [
    'tasks_from',
    'vars_from',
    'defaults_from',
    'handlers_from',
  ].map(from)
  return {
    ...(tasksFrom ? { tasksFrom } : {}),
    ...(varsFrom ? { varsFrom } : {}),
    ...(defaultsFrom ? { defaultsFrom } : {}),
    ...(handlersFrom ? { handlersFrom } : {}),
  }
}

/** A role runs once in a play for the same parameters, unless its meta says otherwise. */
export function allowsDuplicates(folder: string, loading: Loading): boolean {
  const value = metaOf(folder, loading)?.value
  return isMapping(value) && (value.allow_duplicates === true || value.allow_duplicates === 'yes')
}

/** Its meta/main.yml. */
export function metaOf(folder: string, loading: Loading): Node | undefined {
  const file = partFile(folder, 'meta')
  if (file === null) return undefined
  const [document] = readYamlFile(file)
  loading.check?.(file)
  return document
}

/** Its defaults or vars; none where it has no such file. */
export function roleVariables(
  loading: Loading,
  { folder, part, from }: { folder: string; part: 'defaults' | 'vars'; from: string | undefined },
): Variables {
  const file = partFile(folder, part, from)
  if (file === null) return {}
  const found = readVariables(file)
  loading.check?.(file)
  return found
}

/** The file of a part, by its name or with one of YAML's endings; null where there is none. */
export function partFile(folder: string, part: string, from = 'main'): string | null {
  const names = [from, `${from}.yml`, `${from}.yaml`, `${from}.json`].filter(name => name.includes('.'))
  for (const name of names) {
    const found = findBelow([join(folder, part)], name)
    if (found !== null) return found
  }
  return null
}
