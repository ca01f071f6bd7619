import type { Device } from '../../model/device.ts'
import { FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'

export interface LinuxOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** A machine in a run: the one that weft runs on, or a node over SSH. */
export async function openLinux({ endpoint }: LinuxOptions): Promise<Device<'linux'>> {
  throw new FailureError({ code: 'unsafe', message: `weft cannot log in to ${endpoint.host} yet.` })
}
