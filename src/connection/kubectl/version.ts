import { FailureError } from '../../model/failure.ts'
import { start } from './start.ts'

/** Server-side apply with every flag that weft uses. Debian 12 ships 1.20. */
const OLDEST = { major: 1, minor: 20 }

/**
 * Asked only after kubectl refused a flag, so that a good kubectl costs no process.
 * @throws FailureError invalid when it is older than 1.20.
 */
export async function requireVersion(program: string, signal: AbortSignal): Promise<void> {
  const command = [program, 'version', '--client', '-o', 'json']
  const answer = await start(command, { input: '', seconds: 20, signal, environment: {} })
  const found = /"gitVersion":\s*"v(\d+)\.(\d+)[^"]*"/.exec(answer.stdout)
  if (!found) return
  const [major, minor] = [Number(found[1]), Number(found[2])]
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return
  throw new FailureError({
    code: 'invalid',
    message: `kubectl ${major}.${minor} is too old: weft needs ${OLDEST.major}.${OLDEST.minor} or newer.`,
    remedy: 'Install a newer kubectl and put it first in PATH.',
    device: { said: answer.stdout.trim() },
  })
}
