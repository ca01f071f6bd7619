import type { Device } from '../../model/device.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Guard } from '../../model/guard.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Kind } from '../../model/kind.ts'
import type { Progress } from '../../model/progress.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { failureOf } from '../interrupted.ts'
import type { Doors } from '../options.ts'

/**
 * The devices of a run: one per target (and login), whoever asks for it, opened at first use, ended when no host of the run has any more
 * use for it.
 */
export interface Devices {
  open<K extends Kind>(request: Request<K>): Promise<Device<K>>
  /** Keeps the devices that a host uses, its own and those it delegates to, from being closed while a task runs. */
  hold(host: string): void
  /** Lets them be closed again; the longest unused ones go when there are too many. */
  release(host: string): Promise<readonly Ended[]>
  /**
   * The devices that a host uses are logged in to anew at their next question. Gives back the targets on which something is not committed
   * yet. Throws FailureError (busy) where the task of another host is using one of them.
   */
  reconnect(host: string): Promise<readonly string[]>
  /** The run needs this host no more; what other hosts still use stays open. */
  end(host: string): Promise<readonly Ended[]>
  endAll(): Promise<readonly Ended[]>
  /** At once, without finishing: what was being written stays unknown. */
  abort(): Promise<void>
}

interface Request<K extends Kind> {
  /** The host whose task asks. */
  readonly host: string
  readonly kind: K
  readonly endpoint: Endpoint
  readonly progress: Progress
}

/** A device whose last step (verify, save, remove the checkpoint) failed; `host` is its own name. */
export interface Ended {
  readonly host: string
  readonly failure: Failure
}

interface Entry {
  readonly name: string
  readonly device: Promise<Device>
  /** The hosts whose tasks have asked for it. */
  readonly users: Set<string>
}

/**
 * @param open how to open one device of each kind
 * @param finish the end of the writing on a device: the door's, or nothing in a plan
 * @param keep so many hosts' devices stay open beyond those in use
 */
export function createDevices(
  open: Doors['open'],
  {
    run,
    keep,
    finish,
    signal,
    guard,
  }: {
    run: string
    keep: number
    finish: (device: Device) => Promise<Failure | null>
    signal: AbortSignal
    guard?: Guard
  },
): Devices {
  const entries = new Map<string, Entry>()
  const uses = newUses()
  const end = async (host: string) => {
    uses.forget(host)
    const unused = [...entries].filter(([, { users }]) => users.delete(host) && users.size === 0)
    for (const [key] of unused) entries.delete(key)
    return (await Promise.all(unused.map(([, entry]) => endDevice(entry, finish)))).flat()
  }
  const endEach = async (hosts: Iterable<string>) => (await Promise.all([...hosts].map(end))).flat()
  return {
    open({ host, kind, endpoint, progress }) {
      const key = keys[kind](endpoint)
      const known = entries.get(key)
      known?.users.add(host)
      if (known) return known.device as Promise<never>
      const opener = open[kind] as (options: object) => Promise<Device>
      const device = opener({ endpoint, run, progress, signal, guard })
      entries.set(key, { name: endpoint.host, device, users: new Set([host]) })
      device.catch(() => entries.delete(key))
      return device as Promise<never>
    },
    hold: uses.hold,
    release: host => endEach(uses.release(host, keep)),
    reconnect: host =>
      reconnect(
        [...entries.values()].filter(({ users }) => users.has(host)),
        { host, uses },
      ),
    end,
    endAll: () => endEach(new Set([...entries.values()].flatMap(entry => [...entry.users]))),
    async abort() {
      const all = [...entries.values()]
      entries.clear()
      await Promise.all(all.map(closeDevice))
    },
  }
}

const keys = { nxos: keysOf('nxos'), apic: keysOf('apic'), kube: keysOf('kube'), linux: keysOf('linux') }

/** Every task asks for its device, mostly with the very endpoint of the task before. What a host is called does not count. */
function keysOf(kind: Kind): (endpoint: Endpoint) => string {
  return rememberedOf(({ host: _, ...reach }) => `${kind} ${JSON.stringify(reach)}`)
}

/** Who is in use, and of the others who was used longest ago. */
function newUses() {
  const held = new Map<string, number>()
  const used = new Set<string>()
  return {
    hold(host: string): void {
      held.set(host, (held.get(host) ?? 0) + 1)
      used.delete(host)
      used.add(host)
    },
    /** Gives back the hosts that are too many now. */
    release(host: string, keep: number): string[] {
      held.set(host, (held.get(host) ?? 1) - 1)
      const idle = [...used].filter(each => (held.get(each) ?? 0) === 0)
      return idle.slice(0, Math.max(0, used.size - keep))
    },
    forget(host: string): void {
      used.delete(host)
    },
    isHeld: (host: string) => (held.get(host) ?? 0) > 0,
  }
}

async function reconnect(
  entries: readonly Entry[],
  { host, uses }: { host: string; uses: { isHeld: (host: string) => boolean } },
): Promise<readonly string[]> {
  for (const { name, users } of entries) {
    const other = [...users].find(user => user !== host && uses.isHeld(user))
    if (other !== undefined) throw new FailureError(inUse(name, other))
  }
  const opened = await Promise.allSettled(entries.map(({ device }) => device))
  const devices = opened.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  await Promise.all(devices.map(device => device.reconnect()))
  return devices.flatMap(device => (device.pending() ? [device.target] : []))
}

function inUse(name: string, other: string): Failure {
  return {
    code: 'busy',
    message: `The connection to ${name} cannot be reset: a task of ${other} is using it at this moment.`,
    remedy: 'Leave `strategy: free` out of the play, so that no other task is under way then.',
  }
}

async function endDevice(entry: Entry, finish: (device: Device) => Promise<Failure | null>): Promise<Ended[]> {
  try {
    const failure = await finish(await entry.device)
    return failure ? [{ host: entry.name, failure }] : []
  } catch (error) {
    return [{ host: entry.name, failure: failureOf(error) }]
  } finally {
    await closeDevice(entry)
  }
}

/** Closing is the end in any case: what it complains about helps nobody. */
async function closeDevice(entry: Entry): Promise<void> {
  try {
    await (await entry.device).release()
  } catch {}
}
