import { isMapping, type Value, type Variables } from '../../model/value.ts'
import type { PlacedTask } from '../play/place.ts'
import { type PlayRun, type Run, stateOf } from '../state.ts'
import { aroundOf } from './around.ts'
import { placeOf, playMagic, stillIn } from './magic.ts'

/**
 * All variables of a host for a task, weakest first: inventory, gathered facts, play, blocks and task, include_vars,
 * facts and registered results, include parameters, the loop's, the command line's, and the names the engine gives.
 * https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html has the list; a task's own vars lose to set_fact.
 * A new object each time: what is rendered from one is kept with it, and must not outlive the task.
 */
export function variablesFor(playRun: PlayRun, host: string, placed: PlacedTask, extra: Variables = {}): Variables {
  const { all, strongest, connection } = layersFor(playRun, host, placed)
  const variables = { ...all }
  for (const name of Object.keys(extra)) {
    if (!Object.hasOwn(strongest, name)) variables[name] = extra[name] as Value
  }
  if (connectionNames(extra).length === 0) namesOfConnection.set(variables, connection)
  return variables
}

interface Layers {
  /** All that they are made of: the same parts make the same layers. */
  readonly parts: readonly unknown[]
  readonly all: Variables
  /** Those of them that a loop's variables lose to. */
  readonly strongest: Variables
  readonly connection: readonly string[]
}

const layersByHost = new WeakMap<PlayRun, Map<string, Layers>>()

/** From task to task nothing changes, mostly. Kept for the hosts that are at work, not for all. */
function layersFor(playRun: PlayRun, host: string, placed: PlacedTask): Layers {
  const { run } = playRun
  const { facts, included, gathered } = stateOf(run, host)
  const { vars, role, folders } = placed.task
  const around = aroundOf(playRun, placed.parents)
  const own = Object.keys(vars).length === 0 ? null : vars
  const parts = [run.inventory, facts, included, gathered, around, own, role, role && folders, stillIn(playRun)]
  const known = layersByHost.get(playRun) ?? new Map<string, Layers>()
  layersByHost.set(playRun, known)
  const before = known.get(host)
  if (before?.parts.every((part, at) => part === parts[at])) return before
  const layers = { parts, ...makeLayers(playRun, host, placed) }
  known.delete(host)
  known.set(host, layers)
  if (known.size > 2 * run.options.forks) known.delete(known.keys().next().value as string)
  return layers
}

function makeLayers(playRun: PlayRun, host: string, placed: PlacedTask): Omit<Layers, 'parts'> {
  const { run, play } = playRun
  const state = stateOf(run, host)
  const around = aroundOf(playRun, placed.parents)
  const strongest = merged([
    run.options.extraVars,
    placeOf(run, host),
    { ansible_facts: state.gathered },
    playMagic(playRun, placed),
  ])
  const all = merged([
    play.roleDefaults ?? {},
    ...around.defaults,
    play.connection ?? {},
    inventoryVariables(run, host),
    gatheredVariables(state.gathered),
    playRun.variables,
    ...around.own,
    placed.task.vars,
    state.included,
    state.facts,
    ...around.parameters,
    strongest,
  ])
  // Spread once, V8 lays it out so that each further spread is a copy of one block of memory.
  return { all: { ...all }, strongest, connection: connectionNames(all) }
}

/** A host as others see it through hostvars: nothing of a play or task. Null for an unknown host. */
export function hostVariables(run: Run, host: string): Variables | null {
  if (!run.inventory.hosts.has(host) && !isThisMachine(host)) return null
  const state = stateOf(run, host)
  return merged([
    inventoryVariables(run, host),
    gatheredVariables(state.gathered),
    state.included,
    state.facts,
    run.options.extraVars,
    placeOf(run, host),
    { ansible_facts: state.gathered },
  ])
}

/** Variables that a play's own templates may use (hosts, serial, vars_files): there is no host yet. */
export function playVariables(run: Run, variables: Variables): Variables {
  const { inventory_hostname: _, inventory_hostname_short: __, group_names: ___, ...rest } = placeOf(run, 'localhost')
  return merged([variables, run.options.extraVars, rest])
}

export function inventoryVariables(run: Run, host: string): Variables {
  const known = run.inventory.hosts.get(host)
  if (known) return known.variables
  return isThisMachine(host) ? { ansible_connection: 'local' } : {}
}

export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1'
}

function gatheredVariables(gathered: Variables): Variables {
  return Object.fromEntries(
    Object.entries(gathered).map(([name, value]) => [`ansible_${name.replace(/^ansible_/, '')}`, value]),
  )
}

/** Layers into one new object, later ones winning. */
export function merged(layers: readonly Variables[]): Variables {
  return Object.assign({}, ...layers)
}

const namesOfConnection = new WeakMap<Variables, readonly string[]>()

/** The variables that say how a host is reached; the magic ones and large facts of the same prefix are none of them. */
export function connectionNames(variables: Variables): readonly string[] {
  return (
    namesOfConnection.get(variables) ??
    Object.keys(variables).filter(name => /^(ansible|weft)_/.test(name) && !MAGIC.test(name))
  )
}

const MAGIC =
  /^ansible_(facts|play_.*|version|check_mode|diff_mode|run_tags|skip_tags|limit|forks|verbosity|inventory_sources|role_.*|failed_.*|loop.*|delegated_vars|search_path)$/

export function textOrNull(value: Value | undefined): string | null {
  return value === undefined || value === null || value === '' || isMapping(value) ? null : String(value)
}
