import { readFileSync, statSync } from 'node:fs'
import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { anything, flag, mode, text } from '../argument.ts'
import { copyFolder } from './copy-folder.ts'
import { placeFile } from './place-file.ts'

const Args = z
  .strictObject({
    dest: text.describe('Where it goes; a name that ends in / is a folder.'),
    src: text
      .optional()
      .describe(
        "A file or folder of the playbook (looked up in files/), or with remote_src one of this machine's; a folder that ends in / means what is in it.",
      ),
    content: anything.optional().describe('The content itself; a mapping or list becomes JSON.'),
    mode: mode.optional().describe("Permissions: '0644'."),
    force: flag.optional().describe('false: an existing file is left alone.'),
    backup: flag.optional().describe('Keep the old file beside it.'),
    validate: text.optional().describe('A command that must accept the new content first, with %s for its file.'),
    remote_src: flag.optional(),
    owner: text.optional().describe('Accepted when it is you: weft does not change owners.'),
    group: text.optional(),
  })
  .refine(args => (args.src === undefined) !== (args.content === undefined), {
    message: 'src or content is required, not both',
  })
type Args = z.infer<typeof Args>

/** Puts a file on this machine. */
export const copy: ActionModule<Args> = {
  name: 'copy',
  summary: 'Puts a file on the machine that weft runs on',
  args: Args,
  changes: true,
  onHost: true,
  examples: [{ title: 'A text', yaml: 'copy: {content: "hello\\n", dest: /tmp/hello, mode: "0644"}' }],
  returns: { dest: 'where it is', checksum: 'its SHA-1' },
  async run(context, args) {
    const source = args.src === undefined || args.remote_src ? args.src : context.findFile('files', args.src)
    const { dest, mode, force, backup, validate } = args
    if (source !== undefined && statSync(source, { throwIfNoEntry: false })?.isDirectory()) {
      return copyFolder(context, { source, written: args.src ?? '', dest, mode, force, backup, validate })
    }
    const content = source === undefined ? Buffer.from(contentOf(args.content)) : readFileSync(source)
    return placeFile(context, { dest, name: source, content, mode, force, backup, validate })
  },
}

function contentOf(content: unknown): string {
  return typeof content === 'object' && content !== null ? JSON.stringify(content) : String(content)
}
