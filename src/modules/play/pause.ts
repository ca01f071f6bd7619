import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { flag, number, text } from '../argument.ts'

const Args = z
  .strictObject({
    seconds: number.optional(),
    minutes: number.optional(),
    prompt: text.optional().describe('Shown while waiting. weft does not read the keyboard during a run.'),
    echo: flag.optional(),
  })
  .refine(args => args.seconds !== undefined || args.minutes !== undefined, {
    message: 'one of the following is required: seconds, minutes (weft asks nothing during a run)',
  })
type Args = z.infer<typeof Args>

/** Waits a fixed time, once for all hosts. Prefer wait_for or until: they look instead of sleeping. */
export const pause: ActionModule<Args> = {
  name: 'pause',
  summary: 'Waits a fixed time, once for all hosts',
  args: Args,
  changes: false,
  once: true,
  examples: [{ title: 'Give the fabric a moment', yaml: 'pause: {seconds: 10}' }],
  returns: { delta: 'seconds waited' },
  async run(context, args) {
    const seconds = args.seconds ?? (args.minutes ?? 0) * 60
    const start = Date.now()
    await sleep(seconds * 1000, undefined, { signal: context.signal })
    return {
      values: { delta: Math.round((Date.now() - start) / 1000), echo: true, stdout: `Paused for ${seconds} seconds` },
    }
  },
}
