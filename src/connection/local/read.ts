import type { Stats } from 'node:fs'
import { lstat, open, readdir, readlink, stat } from 'node:fs/promises'
import { arch, cpus, hostname, release, totalmem, userInfo } from 'node:os'
import type { FileStat, MachineFacts, MachineRead } from '../../model/machine.ts'
import { LARGEST_FILE } from '../../model/machine.ts'
import { notAFile, notRead, refuseBadPath, tooLarge } from '../machine/complaint.ts'
import { probeLocal } from './probe.ts'
import { runLocal } from './process.ts'
import { askOnly } from './request.ts'

/** The reading side of the machine that weft runs on. */
export function localRead(signal: AbortSignal): MachineRead {
  return {
    name: 'local',
    local: true,
    stat: statLocal,
    readFile: readLocal,
    async list(path) {
      refuseBadPath(path)
      return readdir(path).then(names => names.sort(), absent(path))
    },
    async environment(names) {
      return Object.fromEntries(
        names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      )
    },
    facts: () => factsLocal(signal),
    probe: question => probeLocal(question, signal),
    ask: request => askOnly(request, signal),
  }
}

async function statLocal(
  path: string,
  { follow = false }: { readonly follow?: boolean } = {},
): Promise<FileStat | null> {
  refuseBadPath(path)
  const found = await (follow ? stat : lstat)(path).catch(absent(path))
  if (!found) return null
  return {
    type: typeOf(found),
    size: found.size,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    inode: found.ino,
    links: found.nlink,
    modified: found.mtimeMs / 1000,
    accessed: found.atimeMs / 1000,
    changed: found.ctimeMs / 1000,
    ...(found.isSymbolicLink() ? { target: await readlink(path) } : {}),
  }
}

function typeOf(found: Stats): FileStat['type'] {
  if (found.isFile()) return 'file'
  if (found.isDirectory()) return 'folder'
  if (found.isSymbolicLink()) return 'link'
  return found.isFIFO() ? 'fifo' : 'other'
}

/** A device or a pipe would be read without end. */
async function readLocal(path: string): Promise<Buffer | null> {
  refuseBadPath(path)
  const found = await stat(path).catch(absent(path))
  if (!found) return null
  if (!found.isFile()) throw notAFile(path)
  if (found.size > LARGEST_FILE) throw tooLarge(path)
  const handle = await open(path).catch(absent(path))
  if (!handle) return null
  try {
    const bytes = await handle.readFile()
    // Files below /proc say that they are empty.
    if (bytes.length > LARGEST_FILE) throw tooLarge(path)
    return bytes
  } finally {
    await handle.close()
  }
}

async function factsLocal(signal: AbortSignal): Promise<MachineFacts> {
  const python = await runLocal(
    { command: ['python3', '--version'] },
    { signal, limits: { seconds: 10, bytes: 4096 } },
  ).catch(() => null)
  const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'Darwin' }
  return {
    system: systems[process.platform] ?? process.platform,
    release: release(),
    architecture: arch() === 'x64' ? 'x86_64' : arch() === 'arm64' && process.platform === 'linux' ? 'aarch64' : arch(),
    name: hostname(),
    user: userName(),
    processors: cpus().length,
    memoryMegabytes: Math.round(totalmem() / 1048576),
    python: python?.rc === 0 ? (/\d+(\.\d+)+/.exec(python.stdout)?.[0] ?? null) : null,
  }
}

/** A container may run as a user whom /etc/passwd does not know. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

function absent(path: string) {
  return (error: NodeJS.ErrnoException): null => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    const isDenied = error.code === 'EACCES' || error.code === 'EPERM'
    throw notRead(path, isDenied ? 'permission denied' : error.message, isDenied)
  }
}
