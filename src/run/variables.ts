import { isMapping, type Value, type Variables } from '../model/value.ts'
import { ownVariables } from './inherit.ts'
import { placeOf, playMagic } from './magic.ts'
import type { PlacedTask } from './place.ts'
import { type PlayRun, type Run, stateOf } from './state.ts'

/**
 * All variables of a host for a task, weakest first: inventory, gathered facts, play, blocks and task, include_vars,
 * facts and registered results, include parameters, the loop's, the command line's, and the names the engine gives.
 * https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html has the list; a task's own vars lose to set_fact.
 */
export function variablesFor(playRun: PlayRun, host: string, placed: PlacedTask, extra: Variables = {}): Variables {
  const { run } = playRun
  const state = stateOf(run, host)
  const taskOwn = { ...placed, parents: placed.parents.filter(block => !playRun.includes.has(block)) }
  const parameters = placed.parents.map(block => (playRun.includes.has(block) ? block.vars : (block.params ?? {})))
  const defaults = placed.parents.map(block => playRun.defaults.get(block) ?? {})
  return merged([
    playRun.play.roleDefaults ?? {},
    ...defaults,
    playRun.play.connection ?? {},
    inventoryVariables(run, host),
    gatheredVariables(state.gathered),
    playRun.variables,
    ownVariables(taskOwn),
    state.included,
    state.facts,
    ...parameters,
    extra,
    run.options.extraVars,
    placeOf(run, host),
    { ansible_facts: state.gathered },
    playMagic(playRun, placed),
  ])
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

/** The variables that say how a host is reached; the magic ones and large facts of the same prefix are none of them. */
export function connectionNames(variables: Variables): string[] {
  return Object.keys(variables).filter(name => /^(ansible|weft)_/.test(name) && !MAGIC.test(name))
}

const MAGIC =
  /^ansible_(facts|play_.*|version|check_mode|diff_mode|run_tags|skip_tags|limit|forks|verbosity|inventory_sources|role_.*|failed_.*|loop.*|delegated_vars|search_path)$/

export function textOrNull(value: Value | undefined): string | null {
  return value === undefined || value === null || value === '' || isMapping(value) ? null : String(value)
}
