import { didYouMean } from '../../model/nearest.ts'
import type { Loop, Task } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { type Action, readAction } from './action.ts'
import { isAction, nearestAction, shortAction } from './actions.ts'
import { checkTemplates } from './check-syntax.ts'
import { LOOP_CONTROL, TASK_KEYWORDS } from './keyword-table.ts'
import { checkKeywords, isVariableName, listOf, readKeywords } from './keywords.ts'
import { type Loading, type Node, problem } from './loading.ts'

/** One task, or null when it has no usable action. Problems are noted in loading. */
export async function readTask(node: Node, loading: Loading): Promise<Task | null> {
  const value = node.value as Record<string, Value>
  const known = (key: string) => isAction(loading.modules, key)
  const modules = actionKeys(value, known)
  checkKeywords(node, TASK_KEYWORDS, { loading, what: 'a task', also: key => isOther(key, modules) })
  const action = await readAction(node, modules, loading)
  if (!action || !noteUnknown(node, modules, loading)) return null
  const keywords = readKeywords(node, loading)
  const task: Task = {
    type: 'task',
    id: loading.idAt(positionOf(node.source, [])),
    ...keywords,
    ...(action.local && keywords.delegateTo === null ? { delegateTo: 'localhost' } : {}),
    action: action.name,
    args: action.args,
    argsPath: action.path,
    loop: readLoop(node, loading),
    register: registerOf(node, loading),
    notify: listOf(value.notify),
    listen: listOf(value.listen),
    changedWhen: value.changed_when === undefined ? null : listOf(value.changed_when),
    failedWhen: value.failed_when === undefined ? null : listOf(value.failed_when),
    until: value.until === undefined ? null : listOf(value.until),
    retries: value.retries ?? null,
    delay: value.delay ?? null,
    ...(value.delegate_facts === undefined ? {} : { delegateFacts: value.delegate_facts as Value }),
    ...(loading.role === undefined ? {} : { role: loading.role }),
    folders: loading.folders,
  }
  return task
}

/** Keys that are neither keywords nor loops: they should be one module. */
export function actionKeys(value: Record<string, Value>, known: (key: string) => boolean): string[] {
  const keys = Object.keys(value).filter(key => !Object.hasOwn(TASK_KEYWORDS, key) && !key.startsWith('with_'))
  const modules = keys.filter(known)
  if (modules.length > 0) return modules
  const likely = keys.find(key => key.includes('.') || isMapping(value[key])) ?? keys[0]
  return likely === undefined || value.action !== undefined || value.local_action !== undefined ? [] : [likely]
}

function isOther(key: string, modules: readonly string[]): boolean {
  return modules.includes(key) || key.startsWith('with_')
}

/** False when the task's only candidate for a module is not known. */
function noteUnknown(node: Node, modules: readonly string[], loading: Loading): boolean {
  const [name] = modules
  if (name === undefined || isAction(loading.modules, name)) return true
  const short = shortAction(name)
  problem(loading, node, {
    path: [name],
    what: `couldn't resolve module/action "${name}": it is neither a module nor a keyword of a task.${nearestAction(loading.modules, short, Object.keys(TASK_KEYWORDS))}`,
    remedy: '`weft modules` lists what there is.',
  })
  return false
}

function readLoop(node: Node, loading: Loading): Loop | null {
  const value = node.value as Record<string, Value>
  const forms = Object.keys(value).filter(key => key === 'loop' || key.startsWith('with_'))
  const control = isMapping(value.loop_control) ? value.loop_control : {}
  for (const key of Object.keys(control))
    if (!LOOP_CONTROL.includes(key))
      problem(loading, node, {
        path: ['loop_control', key],
        what: `loop_control has no "${key}".${didYouMean(key, LOOP_CONTROL)}`,
        remedy: `It takes: ${LOOP_CONTROL.join(', ')}.`,
      })
  const [form, second] = forms
  if (form === undefined) return null
  if (second !== undefined)
    problem(loading, node, {
      path: [second],
      what: `a task has both "${form}" and "${second}".`,
      remedy: 'Keep one loop.',
    })
  checkTemplates(node, [form], loading)
  return { form: form.replace(/^with_/, ''), over: value[form] as Value, control }
}

function registerOf(node: Node, loading: Loading): string | null {
  const { register } = node.value as Record<string, Value>
  if (register === undefined || register === null) return null
  const name = String(register)
  if (!isVariableName(name) && !name.includes('{{'))
    problem(loading, node, {
      path: ['register'],
      what: `Invalid variable name in 'register': "${name}".`,
      remedy: 'Use letters, digits and _.',
    })
  return name
}

export type { Action }
