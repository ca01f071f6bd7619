import { FailureError } from '../../model/failure.ts'
import { META_ACTIONS } from '../../model/meta.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { emit } from '../emit.ts'
import { type Lane, type PlayRun, stateOf } from '../state.ts'
import { concludeThrown } from '../task/conclude.ts'
import { holds } from '../task/conditions.ts'
import { conditionsOf } from '../task/inherit.ts'
import { variablesFor } from '../variables/variables.ts'
import { where } from '../where.ts'
import { advance, leave } from './cursor.ts'
import { afterFailures } from './fatal.ts'
import { flushHandlers } from './flush-handlers.ts'
import { guarded } from './guarded.ts'
import type { PlacedTask } from './place.ts'
import { refreshInventory } from './refresh-inventory.ts'

type Action = (typeof META_ACTIONS)[number]

/** Their condition is asked of each host; that of the others of the first, for all. */
const PER_HOST: ReadonlySet<Action> = new Set(['flush_handlers', 'end_host', 'clear_facts', 'reset_connection'])

/** Carries out a meta task for the hosts that have reached it. Only what goes wrong is reported; what it causes is reported by itself. */
export async function runMeta(lane: Lane, placed: PlacedTask, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  const ready: string[] = []
  let action: Action = 'noop'
  await guarded(playRun, { placed, hosts }, async () => {
    action = actionOf(placed)
    ready.push(...(await readyFor(playRun, { placed, hosts, action })))
  })
  afterFailures(playRun, placed, hosts)
  if (ready.length > 0) await carryOut(lane, action, ready)
}

/** The hosts that a meta task is meant for. All but those that fail in it go on to the next task. */
async function readyFor(
  playRun: PlayRun,
  { placed, hosts, action }: { placed: PlacedTask; hosts: readonly string[]; action: Action },
): Promise<readonly string[]> {
  const ready: string[] = []
  const failed = new Set<string>()
  for (const host of PER_HOST.has(action) ? hosts : hosts.slice(0, 1)) {
    try {
      if (!isMeant(playRun, placed, host)) continue
      if (action === 'reset_connection') await reconnect(playRun, placed, host)
      ready.push(host)
    } catch (error) {
      concludeThrown({ playRun, placed, host }, error)
      failed.add(host)
    }
  }
  if (action === 'refresh_inventory' && ready.length > 0) await refreshInventory(playRun)
  for (const host of hosts) {
    const cursor = playRun.cursors.get(host)
    if (cursor && !failed.has(host)) advance(cursor)
  }
  return PER_HOST.has(action) || ready.length === 0 ? ready : hosts
}

async function carryOut(lane: Lane, action: Action, hosts: readonly string[]): Promise<void> {
  const { playRun } = lane
  if (action === 'flush_handlers') await flushHandlers(lane, hosts)
  else if (action === 'end_host') for (const host of hosts) goHome(playRun, host)
  else if (action === 'end_play' || action === 'end_batch') {
    for (const host of playRun.batch) goHome(playRun, host)
    playRun.ended = action === 'end_play'
  } else if (action === 'clear_host_errors') for (const host of playRun.all) playRun.run.out.delete(host)
  else if (action === 'clear_facts') for (const host of hosts) stateOf(playRun.run, host).gathered = {}
}

/** What a device has to keep is kept: changes that are not saved yet are verified and saved at its end, after the new login. */
async function reconnect(playRun: PlayRun, { task }: PlacedTask, host: string): Promise<void> {
  const { run } = playRun
  for (const target of await run.devices.reconnect(host)) {
    const text = `${where(run, task.at)}: the connection is reset while changes on ${target} are not saved yet. They stay, and are verified and saved at the end of its last task.`
    emit(run, { event: 'warning', host, text })
  }
}

function isMeant(playRun: PlayRun, placed: PlacedTask, host: string): boolean {
  const conditions = conditionsOf(placed)
  if (conditions.length === 0) return true
  return holds(conditions, playRun.run.templarFor(placed.task.folders), variablesFor(playRun, host, placed))
}

function goHome(playRun: PlayRun, host: string): void {
  const cursor = playRun.cursors.get(host)
  if (cursor) leave(cursor)
}

/** Throws FailureError (invalid) for what is none, such as a template: Ansible renders none there either. */
function actionOf({ task }: PlacedTask): Action {
  const { args } = task
  const written = textOf(isMapping(args) ? (args.action ?? args._raw_params) : args)
  const known = META_ACTIONS.find(action => action === written)
  if (known) return known
  throw new FailureError({
    code: 'invalid',
    message: `meta has no action '${written}'.`,
    at: task.at,
    remedy: `Its actions are: ${META_ACTIONS.join(', ')}.`,
  })
}

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value)
}
