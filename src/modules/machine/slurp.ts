import { readFileSync } from 'node:fs'
import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { text } from '../argument.ts'

const Args = z.strictObject({ src: text.describe('The file to read.') })
type Args = z.infer<typeof Args>

/** Reads a file of this machine into a variable, in base64. */
export const slurp: ActionModule<Args> = {
  name: 'slurp',
  summary: 'Reads a file of the machine that weft runs on, as base64',
  args: Args,
  changes: false,
  onHost: true,
  examples: [{ title: 'Read a file', yaml: 'slurp: {src: /etc/hostname}' }],
  returns: { content: 'the file in base64', encoding: "'base64'" },
  async run(_context, args) {
    try {
      return { values: { content: readFileSync(args.src).toString('base64'), encoding: 'base64', source: args.src } }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      const why = code === 'ENOENT' ? 'file not found' : `cannot be read (${code})`
      return { failure: { code: 'failed', message: `${why}: ${args.src}` } }
    }
  },
}
