import type { Device } from '../../model/device.ts'
import type { Endpoint } from '../../model/host.ts'

/** placeholder of the first minutes */
export function openSession(options: { endpoint: Endpoint }): Device<'apic'> {
  throw new Error(options.endpoint.host)
}
