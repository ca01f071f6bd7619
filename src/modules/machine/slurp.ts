import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { text } from '../argument.ts'
import { absolutePath } from './paths.ts'

const Args = z.strictObject({ src: text.describe('The file to read.') })
type Args = z.infer<typeof Args>

/** Reads a file of a machine into a variable, in base64. */
export const slurp: ActionModule<Args> = {
  name: 'slurp',
  kind: 'linux',
  summary: 'Reads a file as base64, on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  changes: false,
  examples: [{ title: 'Read a file', yaml: 'slurp: {src: /etc/hostname}' }],
  returns: { content: 'the file in base64', encoding: "'base64'" },
  async run(context, args) {
    const read = await context.read('linux')
    const bytes = await read.readFile(await absolutePath(read, args.src))
    if (bytes) return { values: { content: bytes.toString('base64'), encoding: 'base64', source: args.src } }
    return { failure: { code: 'failed', message: `file not found: ${args.src}` } }
  },
}
