import * as z from 'zod'
import { META_ACTIONS } from '../../model/meta.ts'
import type { ActionModule } from '../../model/module.ts'

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
