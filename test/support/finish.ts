import type { Device } from '../../src/model/device.ts'
import type { Failure } from '../../src/model/failure.ts'

/** The end of the writing on a device, as the door has it. */
export async function finish(device: Device): Promise<Failure | null> {
  return (await device.verify()) ?? (await device.commit())
}
