import type { ModuleEntry } from '../../model/module.ts'
import { didYouMean } from '../../model/nearest.ts'

/** Actions that the loader and the engine know by themselves. */
export const BUILT_IN_ACTIONS = [
  'include_tasks',
  'import_tasks',
  'include_role',
  'import_role',
  'include',
  'include_vars',
  'meta',
] as const

/** `ansible.builtin.copy` and `ansible.legacy.copy` are `copy`. */
export function shortAction(action: string): string {
  return action.replace(/^ansible\.(builtin|legacy)\./, '')
}

/** The module that answers to an action's name or alias. */
export function resolveModule(modules: readonly ModuleEntry[], action: string): ModuleEntry | undefined {
  const short = shortAction(action)
  return modules.find(({ names }) => names.includes(short) || names.includes(action))
}

export function isAction(modules: readonly ModuleEntry[], name: string): boolean {
  return (
    (BUILT_IN_ACTIONS as readonly string[]).includes(shortAction(name)) || resolveModule(modules, name) !== undefined
  )
}

/** ' Did you mean "nxos_config"?' over all modules' names. */
export function nearestAction(
  modules: readonly ModuleEntry[],
  name: string,
  alsoKnown: readonly string[] = [],
): string {
  const names = modules.flatMap(module => module.names)
  return didYouMean(name, [...names, ...BUILT_IN_ACTIONS, ...alsoKnown])
}
