import type { Scope } from '../../model/scope.ts'
import type { Templar } from '../../playbook/template/templar.ts'
import type { PlacedTask } from '../play/place.ts'
import type { PlayRun } from '../state.ts'
import type { Round } from './result.ts'

/** One task on one host. */
export interface Job {
  readonly playRun: PlayRun
  readonly placed: PlacedTask
  readonly host: string
}

/** One round of it: with its loop's variables, and every keyword that an action must know rendered. */
export interface Scene extends Job {
  readonly templar: Templar
  readonly variables: Scope
  readonly check: boolean
  /** The task itself says check_mode: true. */
  readonly pretends: boolean
  /** The task itself says check_mode: false: it asks to be run in a plan too, which only the operator can allow. */
  readonly insists: boolean
  readonly diff: boolean
  readonly delegate: string | null
  /** Which round of the task's loop, from 0. */
  readonly round: number
}

/** What a module does in a round. */
export type Act = (scene: Scene) => Promise<Round>
