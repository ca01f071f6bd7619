import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { flag, mode, text } from '../argument.ts'
import { placeFile } from './place-file.ts'

const Args = z.strictObject({
  src: text.describe('The template, looked up in templates/.'),
  dest: text.describe('Where the result goes.'),
  mode: mode.optional().describe("Permissions: '0644'."),
  force: flag.optional().describe('false: an existing file is left alone.'),
  backup: flag.optional().describe('Keep the old file beside it.'),
  validate: text.optional().describe('A command that must accept the new content first, with %s for its file.'),
  trim_blocks: flag.optional().describe('Drop the newline after a block; on unless switched off.'),
  lstrip_blocks: flag.optional().describe('Drop blanks before a block.'),
  owner: text.optional(),
  group: text.optional(),
})
type Args = z.infer<typeof Args>

/** Renders a template into a file on this machine. */
export const template: ActionModule<Args> = {
  name: 'template',
  summary: 'Renders a template into a file on the machine that weft runs on',
  args: Args,
  changes: true,
  onHost: true,
  examples: [{ title: 'A report', yaml: 'template: {src: report.j2, dest: "/tmp/{{ inventory_hostname }}.txt"}' }],
  returns: { dest: 'where it is', checksum: 'its SHA-1' },
  async run(context, args) {
    const file = context.findFile('templates', args.src)
    const rendered = context.renderFile(file, {
      trimBlocks: args.trim_blocks ?? true,
      lstripBlocks: args.lstrip_blocks ?? false,
    })
    const name = file.replace(/\.j2$/, '')
    return placeFile(context, {
      dest: args.dest,
      name,
      content: Buffer.from(rendered),
      mode: args.mode,
      force: args.force,
      backup: args.backup,
      validate: args.validate,
    })
  },
}
