import type { Step } from '../../model/play.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { TASK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords } from './keywords.ts'
import { type Loading, type Node, problem } from './loading.ts'
import { roleBlock } from './role.ts'
import { roleFiles } from './role-files.ts'

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
