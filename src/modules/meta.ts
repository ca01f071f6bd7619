import * as z from 'zod'
import type { ActionModule } from '../model/module.ts'

export const META_ACTIONS = [
  'noop',
  'flush_handlers',
  'end_play',
  'end_host',
  'end_batch',
  'clear_host_errors',
  'clear_facts',
  'refresh_inventory',
  'reset_connection',
] as const

const Args = z.strictObject({ action: z.enum(META_ACTIONS).describe('What the engine should do.') })
type Args = z.infer<typeof Args>

/** Asks something of the engine itself, which carries it out; there is nothing to run here. */
export const meta: ActionModule<Args> = {
  name: 'meta',
  summary: 'Asks something of the engine: flush_handlers, end_play, end_host, clear_host_errors, …',
  args: Args,
  freeForm: 'action',
  changes: false,
  examples: [{ title: 'Run the notified handlers now', yaml: 'meta: flush_handlers' }],
  async run() {
    return {}
  },
}
