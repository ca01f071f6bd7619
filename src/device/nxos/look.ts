import type { NxosSession } from '../../connection/cli/session.ts'
import { cliKey } from '../../diff/cli/key.ts'
import { readConfig } from '../../diff/cli/read.ts'
import { unmetChanges } from '../../diff/cli/verify.ts'
import type { Found, Left, Standing } from '../../model/device.ts'
import { FailureError } from '../../model/failure.ts'
import { inverse, type Managed } from '../../model/managed.ts'
import type { CliBranch, CliTree } from '../../model/nxos.ts'
import { SLOW_SECONDS } from './checkpoint.ts'
import type { NxosOptions } from './options.ts'
import type { NxosState } from './state.ts'

const CHECKPOINTS = 'show checkpoint summary'
const RUNNING = 'show running-config'
const MASKED = '********'

/** Reads the switch anew and holds it against what an earlier run left. Throws FailureError (unreachable, timeout …). */
export async function lookAt(
  left: Left,
  { state, session, options }: { state: NxosState; session: NxosSession; options: NxosOptions },
): Promise<Found> {
  options.progress('reading', RUNNING)
  const asked = [...(state.standing ? ['end'] : []), CHECKPOINTS, RUNNING]
  const { answers, failure } = await session.exchange(asked, SLOW_SECONDS)
  state.standing = null
  if (failure) throw new FailureError(failure)
  const [summary, running] = answers.slice(-2).map(({ output }) => output)
  const tree = readConfig(running?.join('\n') ?? '')
  const hasNet = left.net !== null && (summary ?? []).some(line => namesCheckpoint(line, left.net))
  return { hasNet, standings: left.changes.map(change => standingOf(tree, change)) }
}

/** '1) weft-20260102T030405-a1b2c3:' */
function namesCheckpoint(line: string, name: string | null): boolean {
  return /^\d+\) (\S+?):?$/.exec(line.trim())?.[1] === name
}

function standingOf(tree: CliTree, change: Managed): Standing {
  if (change.id.startsWith('save:')) return 'made'
  if (isMet(tree, change)) return 'made'
  return isMet(tree, inverse([change])[0] as Managed) ? 'unmade' : 'other'
}

/** A line whose secret the ledger left out is there when one about the same thing is. */
function isMet(tree: CliTree, change: Managed): boolean {
  const value = (change.after ?? change.before) as CliBranch | null
  if (!value?.line.includes(MASKED)) return unmetChanges(tree, [change]).length === 0
  const isThere = below(tree, value.parents).some(
    ({ line }) => line === value.line || shownWord(line, value.parents) === shownWord(value.line, value.parents),
  )
  return isThere === (change.after !== null)
}

function below(tree: CliTree, parents: readonly string[]): CliTree {
  return parents.reduce<CliTree>((level, parent) => level.find(({ line }) => line === parent)?.children ?? [], tree)
}

/** What a line is about, up to where its secret stands. */
function shownWord(line: string, parents: readonly string[]): string {
  const key = cliKey(parents, line)
  return key === line ? ((line.split(MASKED)[0] ?? line).replace(/( \d+)? *$/, '').split(' ')[0] as string) : key
}
