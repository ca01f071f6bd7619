import { basename, dirname, posix } from 'node:path'
import * as z from 'zod'
import { FailureError } from '../../model/failure.ts'
import type { FileState, MachineRead } from '../../model/machine.ts'
import type { ResourceModule, SourceFile, SourceFolder } from '../../model/module.ts'
import { anything, flag, mode, text } from '../argument.ts'
import {
  fileResult,
  observeFile,
  planFile,
  renderFiles,
  type SeenFile,
  showFile,
  textsOf,
  type WantedFile,
} from './file-resource.ts'
import { filesBelow } from './folder-files.ts'
import { absolutePath } from './paths.ts'

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
    remote_src: flag.optional().describe('src is a file or folder of the host itself.'),
    follow: flag.optional().describe('Write what a link of that name leads to; otherwise the link is replaced.'),
    owner: text.optional().describe('Accepted when it is you: weft does not change owners.'),
    group: text.optional(),
  })
  .refine(args => (args.src === undefined) !== (args.content === undefined), {
    message: 'src or content is required, not both',
  })
type Args = z.infer<typeof Args>

/** With what `src` holds, once it is looked up. */
type Resolved = Args & { readonly source?: SourceFile | SourceFolder }

interface Seen {
  readonly files: readonly SeenFile[]
  /** Set where a folder is copied. */
  readonly folder?: string
}

/** Puts a file or the files of a folder on a machine. */
export const copy: ResourceModule<'linux', Resolved, Seen, FileState> = {
  name: 'copy',
  kind: 'linux',
  summary:
    'Puts a file, or the files of a folder, on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  examples: [{ title: 'A text', yaml: 'copy: {content: "hello\\n", dest: /tmp/hello, mode: "0644"}' }],
  returns: {
    dest: 'where it is',
    checksum: 'its SHA-1',
    size: 'in bytes',
    backup_file: 'with backup: where the old one is kept',
  },
  resolve: (args, files) =>
    args.src === undefined || args.remote_src ? args : { ...args, source: files.bytes('files', args.src) },
  async observe(read, args) {
    const source = args.src !== undefined && args.remote_src ? await sourceOn(read, args.src) : args.source
    if (source && 'files' in source) return observeFolder(read, args, source)
    return { files: [await observeFile(read, wantedOf(args, source), args)] }
  },
  plan: ({ files }, args) => files.map(file => planFile(file, args)),
  render: (changes, args) => renderFiles(changes, args, makesFolders(args)),
  show: showFile,
  texts: textsOf,
  result(changes, args, { files, folder }) {
    if (folder !== undefined || !files[0]) return { dest: args.dest, src: folder ?? '' }
    return fileResult(changes, args, files[0])
  },
}

function wantedOf(args: Resolved, source: SourceFile | undefined): WantedFile {
  if (source) return { name: source.path, bytes: source.bytes, mode: source.mode }
  return { bytes: Buffer.from(contentOf(args.content)), mode: null }
}

/** As in Ansible, `src: conf` becomes dest/conf/…, `src: conf/` becomes dest/…; empty folders are left out. */
async function observeFolder(read: MachineRead, args: Resolved, { path, files }: SourceFolder): Promise<Seen> {
  const dest = await absolutePath(read, args.dest)
  const top = args.src?.endsWith('/') ? dest : posix.join(dest, basename(path))
  const seen: SeenFile[] = []
  for (const file of files) {
    const folder = `${posix.join(top, dirname(file.path))}/`
    seen.push(
      await observeFile(read, { name: file.path, bytes: file.bytes, mode: file.mode }, { ...args, dest: folder }),
    )
  }
  return { files: seen, folder: path }
}

async function sourceOn(read: MachineRead, src: string): Promise<SourceFile | SourceFolder> {
  const path = await absolutePath(read, src)
  const found = await read.stat(path, { follow: true })
  if (found?.type === 'folder') return { path: path.replace(/\/+$/, ''), files: await filesBelow(read, path) }
  const bytes = found && (await read.readFile(path))
  if (bytes) return { path, bytes, mode: found.mode }
  throw new FailureError({ code: 'failed', message: `Source ${src} not found on ${read.name}.` })
}

function makesFolders(args: Resolved): boolean {
  return args.content === undefined && (args.dest.endsWith('/') || args.source === undefined || 'files' in args.source)
}

function contentOf(content: unknown): string {
  return typeof content === 'object' && content !== null ? JSON.stringify(content) : String(content)
}
