import type { Device, Kind } from '../../model/device.ts'
import type { Failure } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { failureOf } from '../interrupted.ts'
import type { Doors } from '../options.ts'

/** The devices of a run: one per host and kind, opened at first use, closed when the run has no more use for them. */
export interface Devices {
  open<K extends Kind>(request: Request<K>): Promise<Device<K>>
  /** Keeps the host's devices from being closed while a task uses them. */
  hold(host: string): void
  /** Lets them be closed again; the longest unused ones go when there are too many. */
  release(host: string): Promise<readonly Ended[]>
  /** The run needs this host no more. */
  end(host: string): Promise<readonly Ended[]>
  endAll(): Promise<readonly Ended[]>
  /** At once, without finishing: what was being written stays unknown. */
  abort(): Promise<void>
}

interface Request<K extends Kind> {
  readonly host: string
  readonly kind: K
  readonly endpoint: Endpoint
  readonly progress: Progress
}

/** A device whose last step (save, verify, remove the checkpoint) failed. */
export interface Ended {
  readonly host: string
  readonly failure: Failure
}

interface Entry {
  readonly host: string
  readonly device: Promise<Device>
}

/** `keep` hosts stay open beyond those in use. `finishes` is false in a plan: nothing was written, so nothing is saved. */
export function createDevices(
  open: Doors['open'],
  { run, keep, finishes, signal }: { run: string; keep: number; finishes: boolean; signal: AbortSignal },
): Devices {
  const entries = new Map<string, Entry>()
  const uses = newUses()
  const end = async (host: string) => {
    uses.forget(host)
    const mine = [...entries].filter(([, entry]) => entry.host === host)
    for (const [key] of mine) entries.delete(key)
    return (await Promise.all(mine.map(([, entry]) => endDevice(entry, finishes)))).flat()
  }
  const endEach = async (hosts: Iterable<string>) => (await Promise.all([...hosts].map(end))).flat()
  return {
    open({ host, kind, endpoint, progress }) {
      const key = keys[kind](endpoint)
      const known = entries.get(key)
      if (known) return known.device as Promise<never>
      const opener = open[kind] as (options: object) => Promise<Device>
      const device = opener({ endpoint, run, progress, signal })
      entries.set(key, { host, device })
      device.catch(() => entries.delete(key))
      return device as Promise<never>
    },
    hold: uses.hold,
    release: host => endEach(uses.release(host, keep)),
    end,
    endAll: () => endEach(new Set([...entries.values()].map(entry => entry.host))),
    async abort() {
      const all = [...entries.values()]
      entries.clear()
      await Promise.all(all.map(closeDevice))
    },
  }
}

const keys = { nxos: keysOf('nxos'), apic: keysOf('apic'), kube: keysOf('kube'), linux: keysOf('linux') }

/** Every task asks for its device, mostly with the very endpoint of the task before. */
function keysOf(kind: Kind): (endpoint: Endpoint) => string {
  return rememberedOf(endpoint => `${kind} ${JSON.stringify(endpoint)}`)
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
  }
}

async function endDevice(entry: Entry, finishes: boolean): Promise<Ended[]> {
  try {
    const device = await entry.device
    const failure = finishes ? await device.finish() : null
    return failure ? [{ host: entry.host, failure }] : []
  } catch (error) {
    return [{ host: entry.host, failure: failureOf(error) }]
  } finally {
    await closeDevice(entry)
  }
}

/** Closing is the end in any case: what it complains about helps nobody. */
async function closeDevice(entry: Entry): Promise<void> {
  try {
    await (await entry.device).close()
  } catch {}
}
