import { join } from 'node:path'
import { didYouMeanFile } from '../../inventory/near-file.ts'
import type { Block, Step } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { TASK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, readKeywords } from './keywords.ts'
import { type Loading, type Node, problem } from './loading.ts'
import { findRole, type RoleFiles, readRole } from './role.ts'

/** import_role: the role's tasks in a block with the import's keywords; its defaults, vars and handlers go to the play. */
export async function importRole(node: Node, key: string, loading: Loading): Promise<Step[]> {
  checkKeywords(node, TASK_KEYWORDS, { loading, what: 'a task', also: name => name === key })
  const args = (node.value as Record<string, Value>)[key] as Value
  const name = isMapping(args) ? (args.name ?? args.role) : args
  if (typeof name !== 'string') {
    problem(loading, node, {
      path: [key],
      what: `${key} needs the name of a role.`,
      remedy: `Write  ${key}: {name: ROLE}.`,
    })
    return []
  }
  const block = await roleBlock(node, { name, path: [key], files: roleFiles(isMapping(args) ? args : {}) }, loading)
  return block ? [block] : []
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
