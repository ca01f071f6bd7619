import type { Device } from '../../model/device.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Endpoint } from '../../model/host.ts'

export type Step = Extract<RunEvent, { event: 'host-progress' }>['step']

export interface ApicOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: (step: Step, text: string) => void
  readonly signal: AbortSignal
}

/** An APIC in a run. Nothing is sent before the first read or write. */
export async function openApic(options: ApicOptions): Promise<Device<'apic'>> {
  const { openSession } = await import('../../connection/apic/session.ts')
  return openSession(options)
}
