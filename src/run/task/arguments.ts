import { FailureError } from '../../model/failure.ts'
import { isOfDevice, isResource, type Module } from '../../model/module.ts'
import { positionOf } from '../../model/position.ts'
import type { Value, Variables } from '../../model/value.ts'
import { isMapping } from '../../model/value.ts'
import { shortAction } from '../../playbook/read/actions.ts'
import { namedArguments } from '../../playbook/read/arguments.ts'
import { madeOf } from '../../playbook/template/plain.ts'
import { acceptedArguments } from './accepted.ts'
import { argFilesOf } from './arg-files.ts'
import type { Scene } from './scene.ts'

/**
 * A round's arguments: module_defaults, then the task's own, rendered, without what is omitted, as the module's schema
 * understands them. Their secrets are followed from here on. Throws FailureError (invalid) at the argument's place.
 */
export function argumentsOf(scene: Scene, module: Module): unknown {
  const { mask } = scene.playRun.run
  const declared = defaultsFor(scene, module)
  const { checked, named } = scene.templar.once(() =>
    acceptedArguments(scene, module, {
      names: declared === null ? namesOf(scene.placed.task.args) : null,
      given: () => givenArguments(scene, module, declared),
    }),
  )
  for (const secret of named) mask.add(secret)
  const args = isResource(module) && module.resolve ? module.resolve(checked, argFilesOf(scene)) : checked
  for (const secret of module.secrets?.(args) ?? []) mask.add(secret)
  return args
}

function namesOf(written: Value): readonly string[] | null {
  return isMapping(written) ? madeOf(written) : null
}

function givenArguments(scene: Scene, module: Module, declared: Variables | null): Value {
  const { task } = scene.placed
  const own = withRenderedNames(scene, ownArguments(scene, module))
  if (declared === null) return own
  const where = { source: task.source, path: task.argsPath }
  return { ...renderedArguments(scene, module, declared), ...namedArguments(module, own, where) }
}

/** Text that a template made in place of all arguments is the module's free text as a whole: it can set no other argument. */
function ownArguments(scene: Scene, module: Module): Value {
  const { args } = scene.placed.task
  if (isMapping(args)) return renderedArguments(scene, module, args)
  const made = scene.templar.render(args, scene.variables)
  if (typeof made === 'string' && module.freeForm) return { [module.freeForm]: made }
  const expressions = isMapping(made) ? asWritten(module).filter(name => Object.hasOwn(made, name)) : []
  if (expressions.length > 0) throw hiddenExpression(scene, module, expressions)
  return made
}

/** Rendered once, but for those that the module wants as they are written. */
function renderedArguments({ templar, variables }: Scene, module: Module, args: Variables): Record<string, Value> {
  const render = isOfDevice(module) ? templar.renderNative : templar.render
  const kept = asWritten(module)
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, kept.includes(name) ? value : render(value, variables)]),
  )
}

function asWritten(module: Module): readonly string[] {
  return isResource(module) ? [] : (module.asWritten ?? [])
}

function hiddenExpression({ placed: { task } }: Scene, module: Module, names: readonly string[]): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `${module.name}: "${names.join('", "')}" comes from a template that gives all arguments, and the result of a template is never evaluated as an expression.`,
    at: positionOf(task.source, task.argsPath),
    remedy: `Write ${names.join(' and ')} in the task itself.`,
  })
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
