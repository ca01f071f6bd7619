import { basename, join } from 'node:path'
import { didYouMeanFile } from '../../inventory/near-file.ts'
import type { Block, Step } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { readTaskFile } from './import-tasks.ts'
import { kindOf, listOf, readKeywords } from './keywords.ts'
import { below, type Loading, type Node, problem } from './loading.ts'
import { allowsDuplicates, findRole, metaOf, partFile, type RoleFiles, roleVariables } from './role-files.ts'
import { paramsOf, roleKeywords } from './role-keywords.ts'

export interface Role {
  readonly name: string
  readonly folder: string
  readonly defaults: Variables
  readonly vars: Variables
  /** Its dependencies' tasks first. */
  readonly tasks: readonly Step[]
  readonly handlers: readonly Step[]
}

/**
 * An entry of a play's `roles` or of a role's dependencies, as a block of one; empty for a role that the play has already with the same
 * parameters (unless its meta allows duplicates) and for mistakes, which are noted in loading.
 */
export async function roleEntry(node: Node, loading: Loading): Promise<Block[]> {
  const { value } = node
  const name = isMapping(value) ? (value.role ?? value.name) : value
  if (typeof name !== 'string') {
    problem(loading, node, { what: `a role must be a name or a mapping with "role", not ${kindOf(value)}.` })
    return []
  }
  const keywords = roleKeywords(value, name)
  const folder = findRole(name, loading)
  if (folder !== null && loading.within.includes(folder)) {
    problem(loading, node, { what: circleOf(folder, loading), remedy: 'Break the circle.' })
    return []
  }
  const signature = JSON.stringify([folder, keywords])
  if (folder !== null && loading.roles.seen.has(signature) && !allowsDuplicates(folder, loading)) return []
  loading.roles.seen.add(signature)
  const block = await roleBlock({ value: keywords, source: node.source }, { name, path: [] }, loading)
  return block ? [{ ...block, params: paramsOf(value) }] : []
}

/** From the role that needs itself back to it. */
function circleOf(folder: string, { within }: Loading): string {
  const names = [...within.slice(within.indexOf(folder)), folder].map(each => basename(each))
  return `the role depends on itself: ${names.join(' → ')}.`
}

/** The block of a static role, or null with a problem noted when there is no such role. */
export async function roleBlock(
  node: Node,
  { name, path, files }: { name: string; path: readonly (string | number)[]; files?: RoleFiles },
  loading: Loading,
): Promise<Block | null> {
  const folder = findRole(name, loading)
  if (folder === null) {
    problem(loading, node, {
      path,
      what: `the role "${name}" was not found; looked in ${loading.playbookFolder}/roles and ${loading.playbookFolder}.${didYouMeanFile(join(loading.playbookFolder, 'roles', name))}`,
      remedy: 'Check its name.',
    })
    return null
  }
  const role = await readRole(name, folder, { loading, ...(files ? { files } : {}) })
  Object.assign(loading.roles.defaults, role.defaults)
  Object.assign(loading.roles.vars, role.vars)
  loading.roles.handlers.push(...role.handlers)
  const keywords = readKeywords(node, loading)
  return {
    type: 'block',
    id: loading.idAt(positionOf(node.source, [])),
    ...keywords,
    name: null,
    vars: { ...role.vars, ...keywords.vars },
    tasks: role.tasks,
    rescue: [],
    always: [],
  }
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
    defaults: roleVariables(loading, { folder, part: 'defaults', from: files.defaultsFrom }),
    vars: roleVariables(loading, { folder, part: 'vars', from: files.varsFrom }),
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
