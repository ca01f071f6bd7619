import type { Device } from '../../model/device.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Endpoint } from '../../model/host.ts'

type Step = Extract<RunEvent, { event: 'host-progress' }>['step']

export interface KubeOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: (step: Step, text: string) => void
  readonly signal: AbortSignal
}

/** A cluster in a run, through the real kubectl. No process starts before the first read or write. */
export async function openKube(options: KubeOptions): Promise<Device<'kube'>> {
  const { openCluster } = await import('../../connection/kube/cluster.ts')
  return openCluster(options)
}
