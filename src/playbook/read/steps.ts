import type { Block, Step } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { isAction } from './actions.ts'
import { importRole } from './import-role.ts'
import { importTasks } from './import-tasks.ts'
import { BLOCK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, kindOf, listOf, readKeywords } from './keywords.ts'
import { below, type Loading, type Node, problem } from './loading.ts'
import { readTask } from './task.ts'

/** A list of tasks and blocks; imports are read and put in place. Problems are noted in loading. */
export async function readSteps(node: Node, loading: Loading): Promise<Step[]> {
  if (node.value === null) return []
  if (!Array.isArray(node.value)) {
    problem(loading, node, {
      what: `tasks must be a list, not ${kindOf(node.value)}.`,
      remedy: 'Start each task with "- ".',
    })
    return []
  }
  const steps: Step[] = []
  for (const index of node.value.keys()) steps.push(...(await readStep(below(node, [index]), loading)))
  return steps
}

async function readStep(node: Node, loading: Loading): Promise<Step[]> {
  const { value } = node
  if (!isMapping(value)) {
    problem(loading, node, {
      what: `a task must be a mapping with a module, not ${kindOf(value)}.`,
      remedy: 'Write  - name: …  and the module below it.',
    })
    return []
  }
  if (value.block !== undefined) return [await readBlock(node, loading)]
  for (const key of ['rescue', 'always'])
    if (value[key] !== undefined) {
      problem(loading, node, {
        path: [key],
        what: `"${key}" needs a block beside it.`,
        remedy: 'Put the tasks it guards in block:.',
      })
      return []
    }
  const importing = importKey(value)
  if (importing?.kind === 'tasks') return importTasks(node, importing.key, loading)
  if (importing?.kind === 'role') return importRole(node, importing.key, loading)
  const task = await readTask(node, loading)
  return task ? [task] : []
}

function importKey(value: Record<string, Value>): { kind: 'tasks' | 'role'; key: string } | null {
  for (const key of Object.keys(value)) {
    if (/^(ansible\.(builtin|legacy)\.)?import_tasks$/.test(key)) return { kind: 'tasks', key }
    if (/^(ansible\.(builtin|legacy)\.)?import_role$/.test(key)) return { kind: 'role', key }
  }
  return null
}

async function readBlock(node: Node, loading: Loading): Promise<Block> {
  const value = node.value as Record<string, Value>
  const modules = Object.keys(value).filter(
    key => !Object.hasOwn(BLOCK_KEYWORDS, key) && isAction(loading.modules, key),
  )
  checkKeywords(node, BLOCK_KEYWORDS, { loading, what: 'a block', also: key => modules.includes(key) })
  for (const key of modules)
    problem(loading, node, {
      path: [key],
      what: `a block cannot also run the module ${key}.`,
      remedy: 'Make it a task in the block.',
    })
  const inner = value.module_defaults === undefined ? loading : { ...loading, complete: false }
  return {
    type: 'block',
    id: loading.idAt(positionOf(node.source, [])),
    ...readKeywords(node, loading),
    ...(value.notify === undefined ? {} : { notify: listOf(value.notify) }),
    tasks: await readSteps(below(node, ['block']), inner),
    rescue: await readSteps(below(node, ['rescue']), inner),
    always: await readSteps(below(node, ['always']), inner),
  }
}
