import { join } from 'node:path'
import { readVariables } from '../../inventory/variable-folder.ts'
import { readYamlFile } from '../../inventory/yaml/read.ts'
import type { Step } from '../../model/play.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { findBelow } from '../template/find.ts'
import { readTaskFile } from './import-tasks.ts'
import { listOf } from './keywords.ts'
import { below, type Loading, type Node } from './loading.ts'
import { roleEntry } from './role-entry.ts'

export interface Role {
  readonly name: string
  readonly folder: string
  readonly defaults: Variables
  readonly vars: Variables
  /** Its dependencies' tasks first. */
  readonly tasks: readonly Step[]
  readonly handlers: readonly Step[]
}

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

/** Reads a role's defaults, vars, tasks and handlers, and those of the roles in its meta/main.yml. Problems are noted in loading. */
export async function readRole(
  name: string,
  folder: string,
  { loading, files = {} }: { loading: Loading; files?: RoleFiles },
): Promise<Role> {
  const short = name.split('/').at(-1) ?? name
  const inner = { ...loading, role: short, folders: [...new Set([join(folder, 'tasks'), folder, ...loading.folders])] }
  const circular = loading.within.includes(folder)
  const needed = circular ? [] : await dependencies(folder, { ...inner, within: [...loading.within, folder] })
  const steps = async (part: 'tasks' | 'handlers', from?: string): Promise<Step[]> => {
    const file = partFile(folder, part, from)
    return file === null ? [] : readTaskFile(file, inner, null)
  }
  return {
    name: short,
    folder,
    defaults: variables(loading, { folder, part: 'defaults', from: files.defaultsFrom }),
    vars: variables(loading, { folder, part: 'vars', from: files.varsFrom }),
    tasks: [...needed, ...(await steps('tasks', files.tasksFrom))],
    handlers: await steps('handlers', files.handlersFrom),
  }
}

/** The roles of meta/main.yml, as blocks. */
async function dependencies(folder: string, loading: Loading): Promise<Step[]> {
  const document = metaOf(folder, loading)
  if (!document || !isMapping(document.value)) return []
  const entries = listOf(document.value.dependencies as Value)
  const blocks: Step[] = []
  for (const index of entries.keys())
    blocks.push(...(await roleEntry(below(document, ['dependencies', index]), loading)))
  return blocks
}

/** A role runs once in a play for the same parameters, unless its meta says otherwise. */
export function allowsDuplicates(folder: string, loading: Loading): boolean {
  const value = metaOf(folder, loading)?.value
  return isMapping(value) && (value.allow_duplicates === true || value.allow_duplicates === 'yes')
}

function metaOf(folder: string, loading: Loading): Node | undefined {
  const file = partFile(folder, 'meta')
  if (file === null) return undefined
  const [document] = readYamlFile(file)
  loading.check?.(file)
  return document
}

function variables(
  loading: Loading,
  { folder, part, from }: { folder: string; part: 'defaults' | 'vars'; from: string | undefined },
): Variables {
  const file = partFile(folder, part, from)
  if (file === null) return {}
  const found = readVariables(file)
  loading.check?.(file)
  return found
}

function partFile(folder: string, part: string, from = 'main'): string | null {
  const names = [from, `${from}.yml`, `${from}.yaml`, `${from}.json`].filter(name => name.includes('.'))
  for (const name of names) {
    const found = findBelow([join(folder, part)], name)
    if (found !== null) return found
  }
  return null
}
