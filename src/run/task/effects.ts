import { type Growth, withGrowth } from '../../inventory/grow.ts'
import type { Effects } from '../../model/module.ts'
import { layered } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { type Run, stateOf } from '../state.ts'
import { fileLayer } from '../variables/file-layer.ts'
import { rememberSecrets } from '../variables/secrets.ts'
import { keyword } from './inherit.ts'
import { isTrue } from './is-true.ts'
import type { TaskResult } from './result.ts'
import type { Job } from './scene.ts'

/** Keeps what an action found out: facts and included variables, for the host, or its delegate with delegate_facts. */
export function applyEffects(job: Job, result: TaskResult, hosts: readonly string[]): void {
  const { run } = job.playRun
  const toDelegate = job.placed.task.delegateFacts !== undefined && isTrue(job.placed.task.delegateFacts)
  for (const round of result.rounds) {
    if (!round.effects) continue
    const receivers = toDelegate && round.delegate ? [round.delegate] : hosts
    keepVariables(run, round.effects, {
      hosts: receivers,
      hidden: keyword(job.placed, job.playRun.play, 'noLog') === true,
    })
  }
}

/** Whether add_host or group_by would change the inventory: that is what makes them `changed`. */
export function wouldGrow(run: Run, effects: Effects, host: string): boolean {
  const { addHost: added, groupBy } = effects
  const members = (group: string) => run.inventory.groups.get(group) ?? []
  if (groupBy) return !members(groupBy.key).includes(host)
  if (!added) return false
  const known = run.inventory.hosts.get(added.name)
  if (!known || added.groups.some(group => !members(group).includes(added.name))) return true
  return Object.entries(added.variables).some(
    ([name, value]) => JSON.stringify(known.variables[name]) !== JSON.stringify(value),
  )
}

/** At once and in order, so that a later round of a loop sees what an earlier one added. */
export function grow(run: Run, effects: Effects, host: string): void {
  const growth: Growth = {
    ...(effects.addHost ? { addHost: effects.addHost } : {}),
    ...(effects.groupBy ? { groupBy: { ...effects.groupBy, host } } : {}),
  }
  run.grown.push(growth)
  run.inventory = withGrowth(run.inventory, growth)
}

function keepVariables(
  run: Run,
  effects: Effects,
  { hosts, hidden }: { hosts: readonly string[]; hidden: boolean },
): void {
  const { facts, gathered, includeVars } = effects
  const kept = { ...facts, ...includeVars?.variables } as Variables
  rememberSecrets(run.mask, kept)
  if (hidden) for (const value of Object.values(kept)) rememberSecrets(run.mask, value, 'secret')
  for (const host of hosts) {
    const state = stateOf(run, host)
    if (facts) state.facts = { ...state.facts, ...facts }
    if (gathered) state.gathered = { ...state.gathered, ...gathered }
    if (includeVars) {
      state.included = layered([state.included, fileLayer(run, includeVars)])
    }
  }
}
