import { isResource, type Module } from '../model/module.ts'
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
  const defaults = render(defaultsFor(scene, module), scene.variables) as Variables
  const given = Object.keys(defaults).length === 0 ? own : { ...defaults, ...namedArguments(module, own, where) }
  const written = dropOmitted(given)
  rememberSecrets(mask, written)
  const checked = checkArguments(module, written, where)
  const args = isResource(module) && module.resolve ? module.resolve(checked, argFilesOf(scene)) : checked
  for (const secret of module.secrets?.(args) ?? []) mask.add(secret)
  return args
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
