import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type FileStat, LARGEST_FILE } from '../../model/machine.ts'
import type { ActionModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { flag, text } from '../argument.ts'
import { absolutePath } from './paths.ts'

const ALGORITHMS = ['sha1', 'md5', 'sha224', 'sha256', 'sha384', 'sha512'] as const

const Args = z.strictObject({
  path: text.describe('The file or folder.'),
  follow: flag.optional().describe('Look at what a link points to.'),
  get_checksum: flag.optional().describe('Off for large files.'),
  get_mime: flag.optional(),
  get_attributes: flag.optional(),
  checksum_algorithm: z.enum(ALGORITHMS).optional().describe('sha1 when not given.'),
  checksum: z.enum(ALGORITHMS).optional().describe('The same as checksum_algorithm.'),
})
type Args = z.infer<typeof Args>

/** Looks at a file on a machine. */
export const stat: ActionModule<Args> = {
  name: 'stat',
  kind: 'linux',
  summary: 'Looks at a file on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  changes: false,
  examples: [{ title: 'Is it there?', yaml: 'stat: {path: /etc/hosts}' }],
  returns: { stat: 'exists, size, mode, isreg, isdir, islnk, checksum, mtime, …' },
  async run(context, args) {
    const read = await context.read('linux')
    const path = await absolutePath(read, args.path)
    const found = await read.stat(path, { follow: args.follow ?? false })
    if (!found) return { values: { stat: { exists: false } } }
    const stat: Record<string, Value> = valuesOf(args.path, found)
    // What is too large to be read has no checksum, as what is no file has none.
    if (found.type === 'file' && args.get_checksum !== false && found.size <= LARGEST_FILE) {
      const algorithm = args.checksum_algorithm ?? args.checksum ?? 'sha1'
      const bytes = await read.readFile(path)
      if (bytes) stat.checksum = createHash(algorithm).update(bytes).digest('hex')
    }
    if (found.target !== undefined) stat.lnk_target = found.target
    return { values: { stat } }
  },
}

function valuesOf(path: string, found: FileStat): Record<string, Value> {
  const { type, size, mode, uid, gid, inode, links, modified, accessed, changed } = found
  return {
    exists: true,
    path,
    mode: `0${mode.toString(8).padStart(3, '0')}`,
    size,
    uid,
    gid,
    inode,
    nlink: links,
    mtime: modified,
    atime: accessed,
    ctime: changed,
    executable: (mode & 0o111) !== 0,
    isreg: type === 'file',
    isdir: type === 'folder',
    islnk: type === 'link',
    isfifo: type === 'fifo',
  }
}
