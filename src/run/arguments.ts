import { isResource, type Module } from '../model/module.ts'
import type { SourceMap } from '../model/position.ts'
import type { Value, Variables } from '../model/value.ts'
import { isMapping } from '../model/value.ts'
import { shortAction } from '../playbook/actions.ts'
import { checkArguments, namedArguments } from '../playbook/arguments.ts'
import { dropOmitted } from '../playbook/templar.ts'
import { argFilesOf } from './arg-files.ts'
import type { Scene } from './perform.ts'
import { rememberSecrets } from './secrets.ts'

/**
 * A round's arguments: module_defaults, then the task's own, rendered, without what is omitted, as the module's schema
 * understands them. Their secrets are followed from here on. Throws FailureError (invalid) at the argument's place.
 */
export function argumentsOf(scene: Scene, module: Module): unknown {
  const { mask } = scene.playRun.run
  const { checked, named } = acceptedArguments(module, givenArguments(scene, module), scene)
  for (const secret of named) mask.add(secret)
  const args = isResource(module) && module.resolve ? module.resolve(checked, argFilesOf(scene)) : checked
  for (const secret of module.secrets?.(args) ?? []) mask.add(secret)
  return args
}

function givenArguments(scene: Scene, module: Module): Value {
  const { task } = scene.placed
  const render = module.kind === undefined ? scene.templar.render : scene.templar.renderNative
  const own = withRenderedNames(scene, render(task.args, scene.variables))
  const declared = defaultsFor(scene, module)
  if (declared === null) return own
  const where = { source: task.source, path: task.argsPath }
  return { ...(render(declared, scene.variables) as Variables), ...namedArguments(module, own, where) }
}

/** What a task's schema has made of its arguments, and what their names say is secret. */
interface Accepted {
  readonly checked: unknown
  readonly named: readonly string[]
}

const accepted = new WeakMap<SourceMap, Map<string, Accepted>>()
const MOST_ACCEPTED = 32

/**
 * Arguments are accepted once per task and text of them: a fabric's switches are told mostly the same, and modules of devices never change
 * what they are given.
 */
function acceptedArguments(module: Module, given: Value, scene: Scene): Accepted {
  if (module.kind === undefined) return accept(module, given, scene)
  const { source, argsPath } = scene.placed.task
  const known = accepted.get(source) ?? new Map<string, Accepted>()
  accepted.set(source, known)
  const text = JSON.stringify([module.name, argsPath, given])
  const before = known.get(text)
  if (before !== undefined) return before
  const found = accept(module, given, scene)
  if (known.size >= MOST_ACCEPTED) known.clear()
  known.set(text, found)
  return found
}

/** Secrets are followed before anything is said about the arguments. */
function accept(module: Module, given: Value, { placed: { task }, playRun: { run } }: Scene): Accepted {
  const written = dropOmitted(given)
  const named: string[] = []
  rememberSecrets({ add: secret => void named.push(secret) }, written)
  for (const secret of named) run.mask.add(secret)
  return { checked: checkArguments(module, written, { source: task.source, path: task.argsPath }), named }
}

/** module_defaults of play, blocks and task for this module, the innermost winning; null where there are none. */
function defaultsFor(scene: Scene, module: Module): Variables | null {
  const { play } = scene.playRun
  const { parents, task } = scene.placed
  if (!task.moduleDefaults && !play.moduleDefaults && !parents.some(block => block.moduleDefaults)) return null
  const names = new Set([module.name, ...(module.aliases ?? [])])
  const found = [play, ...parents, task].flatMap(level =>
    Object.entries(level.moduleDefaults ?? {})
      .filter(([name]) => names.has(shortAction(name)) || names.has(name))
      .map(([, defaults]) => defaults as Value),
  )
  const declared = Object.assign({}, ...found.filter(isMapping))
  return Object.keys(declared).length === 0 ? null : declared
}

/** Names of arguments may be templates too: `set_fact: {"rack_{{ rack_id }}": …}`. */
function withRenderedNames(scene: Scene, args: Value): Value {
  if (!isMapping(args) || !Object.keys(args).some(name => name.includes('{{'))) return args
  const entries = Object.entries(args).map(([name, value]) => [
    String(scene.templar.render(name, scene.variables)),
    value,
  ])
  return Object.fromEntries(entries)
}
