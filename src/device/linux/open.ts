import { localMachine } from '../../connection/local/machine.ts'
import type { Machine } from '../../connection/machine/machine.ts'
import type { JumpHosts } from '../../connection/ssh/jump-hosts.ts'
import type { Device } from '../../model/device.ts'
import type { Endpoint } from '../../model/host.ts'
import type { FileState } from '../../model/machine.ts'
import type { Progress } from '../../model/progress.ts'
import { targetOf } from '../../model/target.ts'
import { standingsOf } from './look.ts'
import { type Undo, undoAll } from './undo.ts'
import { verifyFiles } from './verify.ts'
import { writeAll } from './write.ts'

export interface LinuxOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Jump hosts that nodes share; left out = its own. */
  readonly jumps?: JumpHosts
}

/** Opens nodes that share their jump hosts' connections. */
export function linuxOpener(): (options: LinuxOptions) => Promise<Device<'linux'>> {
  let jumps: Promise<JumpHosts> | undefined
  return async options => {
    if (options.endpoint.platform === 'local') return openLinux(options)
    jumps ??= ownJumps()
    return openLinux({ jumps: await jumps, ...options })
  }
}

/** SSH is loaded where there is a node. */
async function ownJumps(): Promise<JumpHosts> {
  return (await import('../../connection/ssh/jump-hosts.ts')).jumpHosts()
}

/**
 * A machine in a run: the one that weft runs on (platform local), or a node over SSH, which is logged in to at the first question. What
 * files were before this run is kept in memory until commit.
 */
export async function openLinux(options: LinuxOptions): Promise<Device<'linux'>> {
  const jumps = options.endpoint.platform === 'local' ? null : (options.jumps ?? (await ownJumps()))
  const machine = jumps ? await nodeOf(options, jumps) : localMachine(options.signal)
  const undo: Undo[] = []
  const placed = new Map<string, FileState | null>()
  return {
    kind: 'linux',
    target: targetOf('linux', options.endpoint),
    read: machine.read,
    net: null,
    // As with Ansible's check mode, what a plan would place is not there for the tasks after it: `stat` says what is.
    stage: () => {},
    write: work => writeAll(machine, work, { undo, placed, progress: options.progress }),
    verify: () => verifyFiles(machine, placed),
    async commit() {
      undo.length = 0
      placed.clear()
      return null
    },
    async revert() {
      placed.clear()
      return undoAll(machine, undo)
    },
    pending: () => (undo.length === 0 ? null : { net: null }),
    look: async ({ changes }) => ({ hasNet: false, standings: await standingsOf(machine.read, changes) }),
    // Files are placed whole: there is nothing to save, and nothing to let go of.
    adopt: () => {},
    reconnect: async () => machine.close(),
    async release() {
      await machine.close()
      if (!options.jumps) jumps?.close()
    },
  }
}

async function nodeOf({ endpoint, progress, signal }: LinuxOptions, jumps: JumpHosts): Promise<Machine> {
  const { shellMachine } = await import('../../connection/shell/machine.ts')
  const onLogin = () => progress('connecting', `${endpoint.user ?? ''}@${endpoint.address}:${endpoint.port ?? 22}`)
  return shellMachine({ endpoint, jumps, signal, onLogin })
}
