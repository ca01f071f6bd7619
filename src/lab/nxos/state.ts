import type { CliTree } from '../../model/nxos.ts'
import type { Config } from './config/node.ts'
import type { ControlPlane } from './control-plane.ts'
import type { Faults } from './faults.ts'

export interface Checkpoint {
  readonly name: string
  readonly config: Config
  readonly by: string
  readonly at: Date
  readonly description: string
}

export interface OpenSession {
  readonly user: string
  readonly line: string
  readonly since: Date
  readonly from: string
}

export interface Counters {
  logins: number
  sessionsNow: number
  sessionsMost: number
  commands: number
  /** How often the switch, having answered all that had come, waited for input. A pipelined chunk counts once. */
  roundTrips: number
  /** How often a configuration line opened a context. */
  contexts: number
}

/** Everything that a switch knows. The only thing in this folder that changes. */
export interface SwitchState {
  readonly name: string
  readonly model: string
  readonly version: string
  readonly serial: string
  readonly booted: Date
  readonly control: ControlPlane
  readonly checkpoints: Map<string, Checkpoint>
  readonly sessions: Set<OpenSession>
  readonly counters: Counters
  /** The last lines that were typed on it, by whoever. */
  readonly typed: string[]
  readonly log: string[]
  readonly listeners: Set<(running: CliTree) => void>
  running: Config
  startup: Config
  /** When a line was last taken; null since the restart. */
  configuredAt: Date | null
  faults: Faults
  /** The faults that have dropped a connection already: each does so once. */
  dropped: Faults | null
  latencyMs: number
  note(line: string): void
}

/** The name in the prompt: `hostname` of the running configuration. */
export function hostname(state: SwitchState): string {
  const line = state.running.find(node => node.key === 'hostname')?.line
  return line?.slice('hostname '.length) ?? 'switch'
}

/** Takes over a new configuration and tells those who watch. */
export function setRunning(state: SwitchState, config: Config): void {
  if (config === state.running) return
  state.running = config
  state.configuredAt = new Date()
  for (const listener of state.listeners) listener(config)
}
