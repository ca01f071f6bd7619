import type { Device } from '../../model/device.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Endpoint } from '../../model/host.ts'

export interface ClusterOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: (step: Extract<RunEvent, { event: 'host-progress' }>['step'], text: string) => void
  readonly signal: AbortSignal
  /** The kubectl to run; found along PATH unless given. */
  readonly kubectl?: string
}

/** Opens a cluster. */
export async function openCluster(_options: ClusterOptions): Promise<Device<'kube'>> {
  throw new Error('being built')
}
