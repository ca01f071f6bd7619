import * as z from 'zod'
import { FailureError } from '../../model/failure.ts'
import type { ActionContext, ActionModule } from '../../model/module.ts'
import { anything, number, text } from '../argument.ts'

const Args = z
  .strictObject({
    msg: anything.optional().describe('What to say; any value.'),
    var: text.optional().describe('Name or expression whose value is shown. Not together with msg.'),
    verbosity: number.optional().describe('Shown only with at least this many -v.'),
  })
  .refine(args => args.msg === undefined || args.var === undefined, "'msg' and 'var' are mutually exclusive")
type Args = z.infer<typeof Args>

/** Says something: a message or a variable's value. */
export const debug: ActionModule<Args> = {
  name: 'debug',
  summary: 'Shows a message or the value of a variable',
  args: Args,
  changes: false,
  asWritten: ['var'],
  examples: [
    { title: 'A message', yaml: 'debug: {msg: "rack {{ rack_id }}"}' },
    { title: 'A variable with its type', yaml: 'debug: {var: vlans}' },
  ],
  returns: { msg: 'the message' },
  async run(context, args) {
    if ((args.verbosity ?? 0) > Number(context.variables.ansible_verbosity ?? 0)) {
      return { skipped: true, values: { skipped_reason: 'Verbosity threshold not met.' } }
    }
    if (args.var === undefined) {
      const said = args.msg === undefined ? 'Hello world!' : args.msg
      return { values: { msg: said }, shown: said }
    }
    const { expression, value } = shownValue(args.var, context)
    return { values: { [expression]: value }, shown: value }
  },
}

function shownValue(expression: string, { evaluate }: Pick<ActionContext, 'evaluate'>): ReturnType<typeof evaluate> {
  try {
    return evaluate(expression)
  } catch (error) {
    if (error instanceof FailureError && /undefined/i.test(error.failure.message))
      return { expression, value: 'VARIABLE IS NOT DEFINED!' }
    throw error
  }
}
