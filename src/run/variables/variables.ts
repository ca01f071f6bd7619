import { carryWritten } from '../../model/as-written.ts'
import { isLocalhost } from '../../model/host.ts'
import { data, type Layer, layered, type Scope, withData, written } from '../../model/scope.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import type { PlacedTask } from '../play/place.ts'
import { type PlayRun, type Run, stateOf } from '../state.ts'
import { aroundOf } from './around.ts'
import { placeOf, playMagic, stillIn } from './magic.ts'
import { rememberLayers } from './secrets.ts'

/**
 * All variables of a host for a task, weakest first: inventory, gathered facts, play, blocks and task, include_vars,
 * facts and registered results, include parameters, the loop's, the command line's, and the names the engine gives.
 * https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html has the list; a task's own vars lose to set_fact.
 * Which of them are written and which are data: docs/playbook-language.md. `loop` is data.
 * A new object each time: what is rendered from one is kept with it, and must not outlive the task.
 */
export function variablesFor(playRun: PlayRun, host: string, placed: PlacedTask, loop: Variables = {}): Scope {
  const { all, strongest, connection } = layersFor(playRun, host, placed)
  const heard = Object.keys(loop).filter(name => !Object.hasOwn(strongest, name))
  const own = Object.fromEntries(heard.map(name => [name, loop[name] as Value]))
  const scope = heard.length === 0 ? { ...all } : withData(all, own)
  if (!Object.keys(loop).some(isOfConnection)) namesOfConnection.set(scope, connection)
  return scope
}

interface Layers {
  /** All that they are made of: the same parts make the same layers. */
  readonly parts: readonly unknown[]
  readonly all: Scope
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
  const layers = [...around.defaults, playRun.variables, ...around.own, state.included, ...around.parameters]
  rememberLayers(run.mask, [play.roleDefaults, ...layers.map(layer => layer.values), placed.task.vars])
  const strongest = layered([
    written(run.options.extraVars),
    data(placeOf(run, host)),
    data({ ansible_facts: state.gathered }),
    data(playMagic(playRun, placed)),
  ])
  const { values, written: names } = layered([
    written(play.roleDefaults ?? {}),
    ...around.defaults,
    written(play.connection ?? {}),
    inventoryLayer(run, host),
    data(gatheredVariables(state.gathered)),
    playRun.variables,
    ...around.own,
    written(placed.task.vars),
    state.included,
    data(state.facts),
    ...around.parameters,
    strongest,
  ])
  // Spread once, V8 lays it out so that each further spread is a copy of one block of memory.
  const all = { values: carryWritten(values, { ...values }), written: names }
  return { all, strongest: strongest.values, connection: connectionNames(all) }
}

/** A host as others see it through hostvars: nothing of a play or task. Null for an unknown host. */
export function hostVariables(run: Run, host: string): Scope | null {
  if (!run.inventory.hosts.has(host) && !isLocalhost(host)) return null
  const state = stateOf(run, host)
  return layered([
    inventoryLayer(run, host),
    data(gatheredVariables(state.gathered)),
    state.included,
    data(state.facts),
    written(run.options.extraVars),
    data(placeOf(run, host)),
    data({ ansible_facts: state.gathered }),
  ])
}

/** Variables that a play's own templates may use (hosts, serial, vars_files): there is no host yet. */
export function playVariables(run: Run, variables: Layer): Scope {
  const { inventory_hostname: _, inventory_hostname_short: __, group_names: ___, ...rest } = placeOf(run, 'localhost')
  return layered([variables, written(run.options.extraVars), data(rest)])
}

/** What the inventory says of a host is written, but for what add_host gave. */
export function inventoryLayer(run: Run, host: string): Layer {
  const known = run.inventory.hosts.get(host)
  if (!known?.data) return written(inventoryVariables(run, host))
  const names = Object.keys(known.variables).filter(name => !known.data?.has(name))
  return { values: known.variables, written: new Set(names) }
}

export function inventoryVariables(run: Run, host: string): Variables {
  const known = run.inventory.hosts.get(host)
  if (known) return known.variables
  return isLocalhost(host) ? { ansible_connection: 'local' } : {}
}

function gatheredVariables(gathered: Variables): Variables {
  return Object.fromEntries(
    Object.entries(gathered).map(([name, value]) => [`ansible_${name.replace(/^ansible_/, '')}`, value]),
  )
}

const namesOfConnection = new WeakMap<Scope, readonly string[]>()

/** The variables that say how a host is reached; the magic ones and large facts of the same prefix are none of them. */
export function connectionNames(scope: Scope): readonly string[] {
  return namesOfConnection.get(scope) ?? Object.keys(scope.values).filter(isOfConnection)
}

function isOfConnection(name: string): boolean {
  return /^(ansible|weft)_/.test(name) && !MAGIC.test(name)
}

const MAGIC =
  /^ansible_(facts|play_.*|version|check_mode|diff_mode|run_tags|skip_tags|limit|forks|verbosity|inventory_sources|role_.*|failed_.*|loop.*|delegated_vars|search_path)$/

export function textOrNull(value: Value | undefined): string | null {
  return value === undefined || value === null || value === '' || isMapping(value) ? null : String(value)
}
