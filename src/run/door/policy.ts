import type { Device } from '../../model/device.ts'
import type { Intent, Outcome } from '../../model/intent.ts'

/** One reason for which the door may stay shut; null = as far as this one goes, the intent may pass. */
export type Policy = (intent: Intent, device: Device) => Outcome | null | Promise<Outcome | null>

/** The first objection of policies in their order. */
export async function firstObjection(
  policies: readonly Policy[],
  intent: Intent,
  device: Device,
): Promise<Outcome | null> {
  for (const policy of policies) {
    const objection = await policy(intent, device)
    if (objection) return objection
  }
  return null
}
