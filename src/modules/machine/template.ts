import * as z from 'zod'
import type { FileState } from '../../model/machine.ts'
import type { ResourceModule } from '../../model/module.ts'
import { flag, mode, text } from '../argument.ts'
import { fileResult, observeFile, planFile, renderFiles, type SeenFile, showFile, textsOf } from './file-resource.ts'

const Args = z.strictObject({
  src: text.describe('The template, looked up in templates/.'),
  dest: text.describe('Where the result goes.'),
  mode: mode.optional().describe("Permissions: '0644'."),
  force: flag.optional().describe('false: an existing file is left alone.'),
  backup: flag.optional().describe('Keep the old file beside it.'),
  validate: text.optional().describe('A command that must accept the new content first, with %s for its file.'),
  trim_blocks: flag.optional().describe('Drop the newline after a block; on unless switched off.'),
  lstrip_blocks: flag.optional().describe('Drop blanks before a block.'),
  follow: flag.optional().describe('Write what a link of that name leads to; otherwise the link is replaced.'),
  owner: text.optional(),
  group: text.optional(),
})
type Args = z.infer<typeof Args>

/** With what the template came to. */
type Resolved = Args & { readonly rendered?: { readonly name: string; readonly text: string } }

/** Renders a template into a file on a machine. */
export const template: ResourceModule<'linux', Resolved, SeenFile, FileState> = {
  name: 'template',
  kind: 'linux',
  summary:
    'Renders a template into a file on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  examples: [{ title: 'A report', yaml: 'template: {src: report.j2, dest: "/tmp/{{ inventory_hostname }}.txt"}' }],
  returns: {
    dest: 'where it is',
    checksum: 'its SHA-1',
    size: 'in bytes',
    backup_file: 'with backup: where the old one is kept',
  },
  resolve(args, files) {
    const { trim_blocks: trimBlocks = true, lstrip_blocks: lstripBlocks = false } = args
    const { path, text: rendered } = files.template(args.src, { trimBlocks, lstripBlocks })
    return { ...args, rendered: { name: path.replace(/\.j2$/, ''), text: rendered } }
  },
  observe(read, args) {
    const { name, text: content } = args.rendered ?? { name: args.src, text: '' }
    return observeFile(read, { name, bytes: Buffer.from(content), mode: null }, args)
  },
  plan: (seen, args) => [planFile(seen, args)],
  render: (changes, args) => renderFiles(changes, args, args.dest.endsWith('/')),
  show: showFile,
  texts: textsOf,
  result: fileResult,
}
