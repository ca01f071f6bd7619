import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { anything, flag } from '../argument.ts'

const Condition = z.union([z.string(), z.boolean(), z.number()])
const Args = z.strictObject({
  that: z
    .preprocess(value => (value === undefined || Array.isArray(value) ? value : [value]), z.array(Condition).optional())
    .describe('Bare expressions, all of which must hold.'),
  fail_msg: anything.optional().describe('What to say when one does not hold.'),
  msg: anything.optional().describe('Older name of fail_msg.'),
  success_msg: anything.optional().describe('What to say when all hold.'),
  quiet: flag.optional().describe('Accepted, and changes nothing.'),
})
type Args = z.infer<typeof Args>

/** Fails unless every condition holds. */
export const assert: ActionModule<Args> = {
  name: 'assert',
  summary: 'Fails unless all conditions hold',
  args: Args,
  changes: false,
  asWritten: ['that'],
  examples: [
    {
      title: 'Refuse a small MTU',
      yaml: 'assert: {that: ["mtu | int >= 9000"], fail_msg: "mtu {{ mtu }} is too small"}',
    },
  ],
  returns: { assertion: 'the condition that did not hold', evaluated_to: 'false', msg: 'what was said' },
  async run(context, args) {
    if (!args.that) return { failure: { code: 'invalid', message: 'assert needs a conditional in `that`.' } }
    const broken = context.broken(args.that)
    if (broken === undefined) {
      const said = args.success_msg ?? 'All assertions passed'
      return { values: { msg: said }, shown: said }
    }
    const said: Value = args.fail_msg ?? args.msg ?? 'Assertion failed'
    return {
      failure: { code: 'failed', message: textOf(said), remedy: `This does not hold: ${textOf(broken)}` },
      values: { msg: said, assertion: broken, evaluated_to: false },
      shown: said,
    }
  },
}

function textOf(said: Value): string {
  return typeof said === 'string' ? said : JSON.stringify(said)
}
