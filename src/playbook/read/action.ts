import { FailureError } from '../../model/failure.ts'
import type { Module } from '../../model/module.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { isAction, nearestAction, resolveModule, shortAction } from './actions.ts'
import { argumentNames, namedArguments, staticArgumentProblems } from './arguments.ts'
import { checkTemplates } from './check-syntax.ts'
import { parseFreeForm } from './free-form.ts'
import { kindOf } from './keywords.ts'
import { type Loading, type Node, problem } from './loading.ts'

/** What a task does: the name as written and its arguments, untemplated. */
export interface Action {
  readonly name: string
  readonly args: Value
  /** Where the arguments stand in the task. */
  readonly path: readonly string[]
  /** local_action: on the machine that weft runs on. */
  readonly local: boolean
}

/** The action of a task: a module's name as key, `action:` or `local_action:`. Null, with a problem noted, when there is none or two. */
export async function readAction(node: Node, modules: readonly string[], loading: Loading): Promise<Action | null> {
  const value = node.value as Record<string, Value>
  const forms = [...modules, ...['action', 'local_action'].filter(key => value[key] !== undefined)]
  const [first, second] = forms
  if (first === undefined) {
    problem(loading, node, {
      what: 'no module/action detected in task.',
      remedy: 'Name a module: `weft modules` lists them.',
    })
    return null
  }
  if (second !== undefined) {
    problem(loading, node, {
      path: [second],
      what: `conflicting action statements: ${forms.join(', ')}: a task runs one module.`,
      remedy: 'Make two tasks of it.',
    })
    return null
  }
  const written = modules.length > 0 ? plainAction(first, value) : longAction(node, first, loading)
  if (!written) return null
  const module = await resolveModule(loading.modules, written.name)?.load()
  const action = withArgs(node, written, { module, loading })
  if (isAction(loading.modules, action.name)) checkArgs(node, action, { module, loading })
  return action
}

function plainAction(key: string, value: Record<string, Value>): Action {
  return { name: key, args: value[key] as Value, path: [key], local: false }
}

/** `action: copy src=a dest=b` and `action: {module: copy, src: a, dest: b}`. */
function longAction(node: Node, key: string, loading: Loading): Action | null {
  const written = (node.value as Record<string, Value>)[key] as Value
  const local = key === 'local_action'
  if (isMapping(written)) {
    const { module, ...args } = written
    if (typeof module === 'string') return found(node, { name: module, args, path: [key], local }, loading)
  } else if (typeof written === 'string') {
    const [, name = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(written) ?? []
    return found(node, { name, args: rest === '' ? null : rest, path: [key], local }, loading)
  }
  problem(loading, node, {
    path: [key],
    what: `"${key}" must name a module, not ${kindOf(written)}.`,
    remedy: `Write  ${key}: {module: NAME, …}.`,
  })
  return null
}

function found(node: Node, action: Action, loading: Loading): Action | null {
  if (isAction(loading.modules, action.name) || action.name.includes('{{')) return action
  problem(loading, node, {
    path: action.path,
    what: `couldn't resolve module/action "${action.name}".${nearestAction(loading.modules, shortAction(action.name))}`,
    remedy: '`weft modules` lists what there is.',
  })
  return null
}

/** The module behind an action; the engine's own actions have none. */
interface Named {
  readonly module: Module | undefined
  readonly loading: Loading
}

/** `args:` adds to the action's own arguments, which win. */
function withArgs(node: Node, action: Action, { module, loading }: Named): Action {
  const more = (node.value as Record<string, Value>).args
  const text = typeof action.args === 'string' && !isWholeTemplate(action.args)
  try {
    const own = text ? textArguments(action, module && argumentNames(module), module?.freeForm) : action.args
    if (more === undefined || more === null) return { ...action, args: own }
    if (own === null) return { ...action, args: more, path: ['args'] }
    if (isMapping(own) && isMapping(more)) return { ...action, args: { ...more, ...own } }
    problem(loading, node, {
      path: ['args'],
      what: `"args" must be a mapping beside other arguments, not ${kindOf(more)}.`,
    })
  } catch (error) {
    problem(loading, node, { path: action.path, what: `${action.name}: ${(error as Error).message}.` })
  }
  return action
}

/** key=value text as a mapping; include_tasks, include_vars and meta take a bare word. */
function textArguments(action: Action, names: readonly string[] | undefined, freeForm: string | undefined): Value {
  const bare = {
    include_tasks: 'file',
    include: 'file',
    include_vars: 'file',
    meta: 'action',
    include_role: 'name',
  } as const
  const short = shortAction(action.name)
  const main = freeForm ?? (short in bare ? bare[short as keyof typeof bare] : undefined)
  const { named, rest } = parseFreeForm(
    action.args as string,
    freeForm ? names?.filter(name => name !== freeForm) : undefined,
  )
  if (rest === '') return named
  if (main === undefined)
    throw new Error(`it takes no free text: "${rest}" must be written as name=value or as a mapping`)
  return { [main]: rest, ...named }
}

function isWholeTemplate(text: string): boolean {
  return /^\s*\{\{(?:(?!\}\})[\s\S])*\}\}\s*$/.test(text)
}

function checkArgs(node: Node, action: Action, { module, loading }: Named): void {
  checkTemplates(node, action.path, loading)
  const value = node.value as Record<string, Value>
  // A task that is allowed to fail may fail by its arguments too, when it runs (as in Ansible).
  if (
    !module ||
    typeof action.args === 'string' ||
    (value.ignore_errors !== undefined && value.ignore_errors !== false)
  )
    return
  const where = {
    source: node.source,
    path: action.path,
    complete: loading.complete && value.module_defaults === undefined,
  }
  try {
    loading.problems.push(...staticArgumentProblems(module, namedArguments(module, action.args, where), where))
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    loading.problems.push(error.failure)
  }
}
