import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { anything } from '../argument.ts'

const Args = z.strictObject({ msg: anything.optional().describe('Why.') })
type Args = z.infer<typeof Args>

/** Fails, with a reason. */
export const fail: ActionModule<Args> = {
  name: 'fail',
  summary: 'Fails the host with a message',
  args: Args,
  changes: false,
  examples: [{ title: 'Refuse a host', yaml: 'fail: {msg: "no rack_id"}' }],
  returns: { msg: 'the reason' },
  async run(_context, args) {
    const said = args.msg ?? 'Failed as requested from task'
    const message = typeof said === 'string' ? said : JSON.stringify(said)
    return { failure: { code: 'failed', message }, values: { msg: said }, shown: said }
  },
}
