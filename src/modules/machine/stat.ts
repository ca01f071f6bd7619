import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { flag, text } from '../argument.ts'

const ALGORITHMS = ['sha1', 'md5', 'sha224', 'sha256', 'sha384', 'sha512'] as const

const Args = z.strictObject({
  path: text.describe('The file or folder.'),
  follow: flag.optional().describe('Look at what a link points to.'),
  get_checksum: flag.optional().describe('Off for large files.'),
  get_mime: flag.optional(),
  get_attributes: flag.optional(),
  checksum_algorithm: z.enum(ALGORITHMS).optional().describe('sha1 unless told.'),
  checksum: z.enum(ALGORITHMS).optional().describe('The same as checksum_algorithm.'),
})
type Args = z.infer<typeof Args>

/** Looks at a file on this machine. */
export const stat: ActionModule<Args> = {
  name: 'stat',
  summary: 'Looks at a file on the machine that weft runs on',
  args: Args,
  changes: false,
  onHost: true,
  examples: [{ title: 'Is it there?', yaml: 'stat: {path: /etc/hosts}' }],
  returns: { stat: 'exists, size, mode, isreg, isdir, islnk, checksum, mtime, …' },
  async run(_context, args) {
    const found = (args.follow ? statSync : lstatSync)(args.path, { throwIfNoEntry: false })
    if (!found) return { values: { stat: { exists: false } } }
    const kind = {
      isreg: found.isFile(),
      isdir: found.isDirectory(),
      islnk: found.isSymbolicLink(),
      isfifo: found.isFIFO(),
    }
    const stat: Record<string, Value> = {
      exists: true,
      path: args.path,
      mode: `0${(found.mode & 0o7777).toString(8).padStart(3, '0')}`,
      size: found.size,
      uid: found.uid,
      gid: found.gid,
      inode: found.ino,
      nlink: found.nlink,
      mtime: found.mtimeMs / 1000,
      atime: found.atimeMs / 1000,
      ctime: found.ctimeMs / 1000,
      executable: (found.mode & 0o111) !== 0,
      ...kind,
    }
    if (kind.isreg && args.get_checksum !== false) {
      const algorithm = args.checksum_algorithm ?? args.checksum ?? 'sha1'
      stat.checksum = createHash(algorithm).update(readFileSync(args.path)).digest('hex')
    }
    if (kind.islnk) stat.lnk_target = readlinkSync(args.path)
    return { values: { stat } }
  },
}
