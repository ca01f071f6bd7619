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
  const { task } = scene.placed
  const { mask } = scene.playRun.run
  const where = { source: task.source, path: task.argsPath }
  const render = module.kind === undefined ? scene.templar.render : scene.templar.renderNative
  const own = withRenderedNames(scene, render(task.args, scene.variables))
  const declared = defaultsFor(scene, module)
  const given =
    Object.keys(declared).length === 0
      ? own
      : { ...(render(declared, scene.variables) as Variables), ...namedArguments(module, own, where) }
  const written = dropOmitted(given)
  rememberSecrets(mask, written)
  const checked = checkedArguments(module, written, where)
  const args = isResource(module) && module.resolve ? module.resolve(checked, argFilesOf(scene)) : checked
  for (const secret of module.secrets?.(args) ?? []) mask.add(secret)
  return args
}

/** What each task's schema has made of its arguments; a fabric's switches are told mostly the same. */
const accepted = new WeakMap<SourceMap, Map<string, unknown>>()
const MOST_ACCEPTED = 32

/** checkArguments, once per task and text of its arguments. Modules of devices never change what they are given. */
function checkedArguments(module: Module, written: Value, where: Parameters<typeof checkArguments>[2]): unknown {
  if (module.kind === undefined) return checkArguments(module, written, where)
  const known = accepted.get(where.source) ?? new Map<string, unknown>()
  accepted.set(where.source, known)
  const text = JSON.stringify([where.path, written])
  const before = known.get(text)
  if (before !== undefined) return before
  const checked = checkArguments(module, written, where)
  if (known.size >= MOST_ACCEPTED) known.clear()
  known.set(text, checked)
  return checked
}

/** module_defaults of play, blocks and task for this module, the innermost winning. */
function defaultsFor(scene: Scene, module: Module): Variables {
  const levels = [scene.playRun.play, ...scene.placed.parents, scene.placed.task]
  const names = new Set([module.name, ...(module.aliases ?? [])])
  const found = levels.flatMap(level =>
    Object.entries(level.moduleDefaults ?? {})
      .filter(([name]) => names.has(shortAction(name)) || names.has(name))
      .map(([, defaults]) => defaults as Value),
  )
  return Object.assign({}, ...found.filter(isMapping))
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
