import { execFile } from 'node:child_process'
import { hostname, userInfo } from 'node:os'
import { promisify } from 'node:util'
import type { RunStart } from './ledger.ts'

const run = promisify(execFile)
/** A repository may start nothing by being looked at. */
const TAME = [
  '--no-optional-locks',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null'].flatMap(setting => ['-c', setting]),
  // A folder of the repository can look like a bare repository, with a configuration of its own that names programs.
  ...['-c', 'safe.bareRepository=explicit'],
]

/** 'frank@jump-1'; behind sudo the one who called it. */
export function whoHere(environment: NodeJS.ProcessEnv): string {
  return `${environment.SUDO_USER ?? userName(environment)}@${hostname()}`
}

/** A user id without an entry in passwd has no name. */
function userName(environment: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username
  } catch {
    return environment.USER ?? String(process.getuid?.() ?? 'unknown')
  }
}

/** The commit of the repository that a folder is in, and whether its files differ; null outside of git, and where there is no git. */
export async function commitOf(folder: string, environment: NodeJS.ProcessEnv): Promise<RunStart['commit']> {
  const env = {
    ...environment,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  const git = async (...words: string[]) =>
    (await run('git', [...TAME, '-C', folder, ...words], { env, timeout: 5000, maxBuffer: 1024 * 1024 })).stdout
  try {
    const id = (await git('rev-parse', '--verify', 'HEAD')).trim()
    const dirty = await git('diff-index', '--quiet', 'HEAD', '--').then(
      () => false,
      () => true,
    )
    return { id, dirty }
  } catch {
    return null
  }
}
