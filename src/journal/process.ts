import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from any other that has its number: later, in another container, after the machine has started anew. */
export interface ProcessIdentity {
  /** The machine's name. */
  readonly host: string
  readonly pid: number
  /** 'MACHINE BOOT NAMESPACE START', from Linux' /proc; null where that cannot be known. */
  readonly mark: string | null
}

/** Whether a process still runs. unknown: on another machine or in another container, or its number may be in use by another. */
export type Fate = 'alive' | 'gone' | 'unknown'

export function thisProcess(): ProcessIdentity {
  const start = startOf(process.pid)
  const place = placeHere()
  return { host: hostname(), pid: process.pid, mark: place && start ? [...place, start].join(' ') : null }
}

/** Looks at the process table of this machine; what it cannot know is unknown, never gone. */
export function fateOf({ host, pid, mark }: ProcessIdentity): Fate {
  const here = placeHere()
  if (mark === null || here === null) return host === hostname() && !isThere(pid) ? 'gone' : 'unknown'
  const [machine, boot, namespace, start] = mark.split(' ')
  if (boot !== here[1]) return host === hostname() && machine !== '' && machine === here[0] ? 'gone' : 'unknown'
  if (namespace !== here[2]) return 'unknown'
  const now = startOf(pid)
  if (now === null) return isThere(pid) ? 'unknown' : 'gone'
  return now === start ? 'alive' : 'gone'
}

/** [machine, boot, PID namespace]: two processes with the same count in one row of numbers. */
function placeHere(): readonly [string, string, string] | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return [machineHere(), boot, readlinkSync('/proc/self/ns/pid')]
  } catch {
    return null
  }
}

/** machine-id(5) asks not to be shown as it is; '' where there is none. */
function machineHere(): string {
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim()
    return /^[0-9a-f]{32}$/.test(id) ? createHash('sha256').update(`weft ${id}`).digest('hex').slice(0, 16) : ''
  } catch {
    return ''
  }
}

/** Clock ticks from the machine's start to the process's (proc_pid_stat(5), field 22); null when it is not there, or dead and not yet collected. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** Whether the number is taken; not allowed to signal it means that it is. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
