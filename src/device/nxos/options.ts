import type { JumpHosts } from '../../connection/ssh/jump-hosts.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'

/** What a run says of a switch when it opens it; all that is done on the switch goes by it. */
export interface NxosOptions {
  readonly endpoint: Endpoint
  /** The run's id: names the checkpoint. */
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Jump hosts that devices share; left out = its own. */
  readonly jumps?: JumpHosts
}
