import { randomBytes } from 'node:crypto'
import { thisProcess } from '../journal/process.ts'
import type { Device } from '../model/device.ts'
import type { Guard } from '../model/guard.ts'
import type { Intent } from '../model/intent.ts'
import type { Kind } from '../model/kind.ts'
import type { Module, ModuleEntry } from '../model/module.ts'
import { resolveModule } from '../playbook/read/actions.ts'
import { createTemplar, type Templar } from '../playbook/template/template.ts'
import { createBreath } from './breath.ts'
import { createDoor, type Door } from './door/door.ts'
import { createLeases, leasePolicy } from './door/leases.ts'
import { modePolicy } from './door/mode.ts'
import { reviewedPolicy } from './door/reviewed.ts'
import { createTakeovers, type Takeovers } from './door/takeover/takeover.ts'
import { emit } from './emit.ts'
import { createMask } from './mask.ts'
import type { Doors, Open, RunOptions } from './options.ts'
import { readInventory } from './read-inventory.ts'
import type { Run } from './state.ts'
import { createDevices } from './target/devices.ts'
import { rememberSecrets } from './variables/secrets.ts'
import { newTrust, readTrusted } from './variables/trusted-file.ts'
import { hostVariables } from './variables/variables.ts'

/** A run before its first play: the inventory is read, nothing is touched. Throws FailureError (invalid). */
export async function startRun(options: RunOptions, doors: Doors, id = newRunId(doors)): Promise<Run> {
  const trust = newTrust(options)
  const inventory = await readInventory(options)
  const mask = createMask()
  rememberSecrets(mask, options.extraVars)
  for (const host of inventory.hosts.values()) rememberSecrets(mask, host.variables)
  const planned: Intent[] = []
  const leases = createLeases(doors.ledger, { run: id, who: doors.who, process: thisProcess() })
  const { door, takeovers } = doorOf({ id, options, doors, mask, leases, planned })
  const run: Run = {
    id,
    door,
    leases,
    planned,
    options,
    doors,
    mask,
    trust,
    devices: createDevices(lookingBack(doors.open, takeovers), {
      run: id,
      keep: Math.max(64, 4 * options.forks),
      finish: device => door.finish(device),
      signal: options.abort,
      guard: guardOf(options, trust.roots),
    }),
    moduleNamed: tableOf(doors.modules),
    templarFor: folders => templarFor(folders),
    breath: createBreath(),
    states: new Map(),
    recaps: new Map(),
    out: new Map(),
    failedTasks: [],
    grown: [],
    begun: inventory,
    undone: [],
    unbegun: new Set(),
    inventory,
    changed: false,
    startAt: options.startAtTask ?? null,
    startAtFound: false,
  }
  const templarFor = templarsOf(run)
  return run
}

function doorOf({
  id,
  options,
  doors,
  mask,
  leases,
  planned,
}: Pick<Run, 'id' | 'options' | 'doors' | 'mask' | 'leases' | 'planned'>): { door: Door; takeovers: Takeovers } {
  const shared = {
    run: id,
    ledger: doors.ledger,
    leases,
    warn: (text: string) => emit({ doors, mask, options }, { event: 'warning', text }),
    clock: doors.clock,
  }
  const takeovers = createTakeovers({ ...shared, mode: options.mode })
  const door = createDoor({
    ...shared,
    takeovers,
    // From the cheapest and most general to what asks others; the first objection counts.
    policies: [
      modePolicy(options.mode, intent => void (options.keepsPlan && planned.push(intent))),
      leasePolicy(leases),
      ...(options.reviewed ? [reviewedPolicy(options.reviewed.plan, options.reviewed.fingerprinted)] : []),
    ],
    masked: value => mask.data(value),
    playbook: options.playbooks[0] ?? '',
  })
  return { door, takeovers }
}

/** A device is handed out once it is known what earlier runs have left there. */
function lookingBack(open: Doors['open'], takeovers: Takeovers): Doors['open'] {
  const looked =
    <K extends Kind>(opener: Open<K>): Open<K> =>
    async options => {
      const device = await opener(options)
      await takeovers.opened(device as Device, options.endpoint.host)
      return device
    }
  return { nxos: looked(open.nxos), apic: looked(open.apic), kube: looked(open.kube), linux: looked(open.linux) }
}

/** One templar for all tasks that find files in the same folders. */
function templarsOf(run: Run): Run['templarFor'] {
  const known = new Map<string, Templar>()
  // The tasks of a file share one list of folders, and every task of every host asks.
  const byList = new WeakMap<readonly string[], Templar>()
  const hostNames = () => [...run.inventory.hosts.keys()]
  return folders => {
    const before = byList.get(folders)
    if (before) return before
    const key = folders.join('\n')
    const readTemplate = (path: string) => readTrusted(path, { trust: run.trust, folders })
    const templar =
      known.get(key) ??
      createTemplar({
        folders,
        hostNames,
        hostVariables: host => hostVariables(run, host),
        mayStart: mayStart(run),
        rendered: (name, value) => rememberSecrets(run.mask, value, name),
        readTemplate,
      })
    known.set(key, templar)
    byList.set(folders, templar)
    return templar
  }
}

/** A plan starts nothing that the repository names, unless the operator allows it. */
function mayStart({ options }: Run): boolean {
  return options.mode === 'run' || options.allowInPlan?.includes('pipe') === true
}

/** The same for what a device is opened and asked with. */
function guardOf({ mode, allowInPlan }: RunOptions, roots: readonly string[]): Guard {
  return { roots, mayStart: what => mode === 'run' || allowInPlan?.includes(what) === true }
}

/** '20260102T030405-a1b2c3': sorts by time. */
export function newRunId({ clock }: Pick<Doors, 'clock'>): string {
  return `${clock().toISOString().replace(/[-:]/g, '').slice(0, 15)}-${randomBytes(3).toString('hex')}`
}

/** By any of its names; a module that no task names yet is not there. */
function tableOf(modules: readonly ModuleEntry[]): (name: string) => Module | undefined {
  const known = new Map<string, ModuleEntry | undefined>()
  return name => {
    if (!known.has(name)) known.set(name, resolveModule(modules, name))
    return known.get(name)?.module
  }
}
