import type { Duplex } from 'node:stream'
import { FailureError } from '../../model/failure.ts'
import type { Endpoint } from '../../model/host.ts'
import {
  type FileStat,
  LARGEST_FILE,
  type MachineFacts,
  type MachineRead,
  type PortQuestion,
} from '../../model/machine.ts'
import { listenTo } from '../local/probe.ts'
import { notAFile, notRead, refuseBadPath, tooLarge } from '../machine/complaint.ts'
import type { Said } from './channel.ts'
import { asPath, scriptLine } from './quote.ts'
import type { NodeSession } from './session.ts'

/** POSIX sh; `stat -c` is GNU's and BusyBox's. Messages in English tell what is not there from what cannot be seen. */
const ENGLISH = 'LC_ALL=C; export LC_ALL;'
const STAT = `${ENGLISH} stat $2 -c '%f %s %u %g %i %h %Y %X %Z' -- "$1" || exit; if [ -z "$2" ] && [ -L "$1" ]; then readlink -- "$1"; fi`
const READ = `${ENGLISH} if [ -d "$1" ] || { [ -e "$1" ] && [ ! -f "$1" ]; }; then exit 91; fi; exec head -c ${LARGEST_FILE + 1} -- "$1"`
const LIST = `${ENGLISH} cd -- "$1" || exit; ls . >/dev/null || exit; for f in .[!.]* ..?* *; do if [ -e "$f" ] || [ -L "$f" ]; then printf '%s\\0' "$f"; fi; done`
const ENVIRONMENT = `for n do eval "s=\\\${$n+x} v=\\\${$n-}"; if [ -n "$s" ]; then printf '%s=%s\\0' "$n" "$v"; fi; done`
const FACTS = `uname -s; uname -r; uname -m; uname -n; id -un || id -u
getconf _NPROCESSORS_ONLN 2>/dev/null || echo
sed -n 's/^MemTotal: *\\([0-9]*\\).*/\\1/p' /proc/meminfo 2>/dev/null | grep . || echo
python3 --version 2>/dev/null || echo`

export interface ReadOptions {
  readonly endpoint: Endpoint
  readonly session: NodeSession
  readonly signal: AbortSignal
}

/** The reading side of a node over SSH. */
export function shellRead({ endpoint, session, signal }: ReadOptions): MachineRead {
  const seconds = endpoint.timeoutSeconds ?? 30
  const ask = (script: string, ...parameters: string[]) =>
    session.ask({ line: scriptLine(script, parameters), limits: { seconds, bytes: LARGEST_FILE + 1 } })
  const askOf = async (path: string, script: string, ...more: string[]) => {
    refuseBadPath(path)
    return answered(path, await ask(script, asPath(path), ...more))
  }
  return {
    name: endpoint.address,
    local: false,
    async stat(path, { follow = false } = {}) {
      const said = await askOf(path, STAT, follow ? '-L' : '')
      return said && statOf(path, said.toString('utf8'))
    },
    async readFile(path) {
      const said = await askOf(path, READ)
      if (said && said.length > LARGEST_FILE) throw tooLarge(path)
      return said
    },
    async list(path) {
      const said = await askOf(path, LIST)
      const names = said?.toString('utf8').split('\0')
      return names?.filter(name => name !== '').sort() ?? null
    },
    environment: async names => environmentOf((await ask(ENVIRONMENT, ...names.filter(isName))).stdout),
    facts: async () => factsOf((await ask(FACTS)).stdout.toString('utf8')),
    probe: question => probeFrom(session, question, signal),
    async ask() {
      throw onlyFromHere(endpoint)
    },
  }
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name)
}

function environmentOf(said: Buffer): Record<string, string> {
  const entries = said.toString('utf8').split('\0').filter(Boolean)
  return Object.fromEntries(
    entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  )
}

function probeFrom(session: NodeSession, question: PortQuestion, signal: AbortSignal): Promise<string | null> {
  let channel: Duplex | null = null
  const opened = session.forward(question.address, question.port).then(stream => {
    channel = stream
    return stream
  })
  return listenTo({ opened, end: () => channel?.destroy() }, question, signal)
}

/** weft has no web client on a node. */
export function onlyFromHere(endpoint: Endpoint): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `weft sends web requests from its own machine only, not from ${endpoint.host}.`,
    remedy: 'Add `delegate_to: localhost`, or run curl there with `command`.',
    aftermath: 'Nothing was sent.',
  })
}

/** What was printed; null where the path is not there. */
function answered(path: string, { rc, stdout, stderr }: Said): Buffer | null {
  if (rc === 0) return stdout
  const said = stderr.toString('utf8').trim()
  if (rc === 91) throw notAFile(path)
  if (/No such file or directory|Not a directory|can't cd to|nonexistent directory/i.test(said)) return null
  const isDenied = /permission denied|not permitted/i.test(said)
  throw notRead(path, isDenied ? 'permission denied' : said.slice(-500) || `code ${rc}`, isDenied)
}

const TYPES: Readonly<Record<number, FileStat['type']>> = {
  32768: 'file',
  16384: 'folder',
  40960: 'link',
  4096: 'fifo',
}

function statOf(path: string, said: string): FileStat {
  const end = said.indexOf('\n')
  const [raw = '', ...rest] = said.slice(0, end).trim().split(' ')
  const bits = Number.parseInt(raw, 16)
  const [size, uid, gid, inode, links, modified, accessed, changed] = rest.map(Number)
  if (Number.isNaN(bits) || changed === undefined) {
    throw new FailureError({
      code: 'unparseable',
      message: `The node's answer about ${path} cannot be read.`,
      device: { said },
    })
  }
  const type = TYPES[bits & 0xf000] ?? 'other'
  return {
    type,
    mode: bits & 0o7777,
    ...({ size, uid, gid, inode, links, modified, accessed, changed } as Omit<FileStat, 'type' | 'mode'>),
    ...(type === 'link' ? { target: said.slice(end + 1).replace(/\n$/, '') } : {}),
  }
}

function factsOf(said: string): MachineFacts {
  const [system = '', release = '', architecture = '', name = '', user = '', processors, memory, python] =
    said.split('\n')
  const count = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : null)
  const kilobytes = count(memory)
  return {
    system,
    release,
    architecture,
    name,
    user,
    processors: count(processors),
    memoryMegabytes: kilobytes === null ? null : Math.round(kilobytes / 1024),
    python: /\d+(\.\d+)+/.exec(python ?? '')?.[0] ?? null,
  }
}
