import type { Endpoint } from '../../model/host.ts'
import type { ProcessEnd, ProcessStart } from '../../model/machine.ts'
import { type Machine, PROCESS_LIMITS } from '../machine/machine.ts'
import type { JumpHosts } from '../ssh/jump-hosts.ts'
import { folderShell, linkShell, placeShell, removeFolderShell, removeShell } from './place.ts'
import { quoted, scriptLine } from './quote.ts'
import { onlyFromHere, shellRead } from './read.ts'
import { type NodeSession, nodeSession } from './session.ts'

export interface NodeOptions {
  readonly endpoint: Endpoint
  readonly jumps: JumpHosts
  readonly signal: AbortSignal
  readonly onLogin?: () => void
}

/** A node over SSH: a login shell that is like POSIX's and runs commands is all that it needs; SFTP is not used. */
export function shellMachine(options: NodeOptions): Machine {
  const session = nodeSession(options)
  return {
    read: shellRead({ ...options, session }),
    run: start => runShell(session, start),
    place: placing => placeShell(session, placing),
    link: (path, target) => linkShell(session, path, target),
    remove: path => removeShell(session, path),
    folder: (path, mode) => folderShell(session, path, mode),
    removeFolder: path => removeFolderShell(session, path),
    async request() {
      throw onlyFromHere(options.endpoint)
    },
    close: () => session.close(),
  }
}

const MISSING = 'weft: there is no such program'

async function runShell(session: NodeSession, start: ProcessStart): Promise<ProcessEnd> {
  const said = await session.act({
    line: scriptLine(startScript(start), []),
    stdin: Buffer.from(start.stdin ?? ''),
    limits: PROCESS_LIMITS,
  })
  const stderr = said.stderr.toString('utf8')
  if (said.rc === 127 && stderr === MISSING) return { rc: 2, stdout: '', stderr: '', missing: true }
  return { rc: said.rc, stdout: said.stdout.toString('utf8'), stderr }
}

function startScript({ command, shell, folder, environment = {} }: ProcessStart): string {
  const words = typeof command === 'string' ? [shell ?? '/bin/sh', '-c', command] : command
  const program = quoted(words[0] ?? '')
  return [
    ...(folder === undefined ? [] : [`cd -- ${quoted(folder)} || exit`]),
    ...Object.entries(environment)
      .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
      .map(([name, value]) => `export ${name}=${quoted(value)}`),
    `command -v -- ${program} >/dev/null 2>&1 || { printf %s ${quoted(MISSING)} >&2; exit 127; }`,
    `exec ${words.map(quoted).join(' ')}`,
  ].join('\n')
}
