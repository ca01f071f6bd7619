import type { Device } from '../../model/device.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Endpoint } from '../../model/host.ts'

type Step = Extract<RunEvent, { event: 'host-progress' }>['step']

export interface NxosOptions {
  readonly endpoint: Endpoint
  /** The run's id: names the checkpoint. */
  readonly run: string
  readonly progress: (step: Step, text: string) => void
  readonly signal: AbortSignal
}

/**
 * A switch in a run. Logs in at the first read; the same session serves the whole run.
 * @throws FailureError unreachable, denied, busy, timeout.
 */
export async function openNxos(_options: NxosOptions): Promise<Device<'nxos'>> {
  throw new Error('being built')
}
