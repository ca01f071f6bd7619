import { untypeableAmong } from '../../diff/cli/typeable.ts'
import type { Work } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { carryLines } from './carry.ts'
import type { NxosOptions } from './options.ts'
import { linesOf, type NxosState } from './state.ts'
import type { Wire } from './wire.ts'

type Works = readonly Work<'nxos'>[]

/** Where intents are carried out. */
interface Writing {
  readonly state: NxosState
  readonly wire: Wire
  readonly options: NxosOptions
  /** Types one command in exec mode; throws FailureError. */
  readonly exec: (command: string) => Promise<readonly string[]>
}

/** Sends intents in order over one session; the first that is refused is undone, and nothing behind it is sent or counts. */
export async function writeTasks(writing: Writing, work: Works): Promise<readonly Outcome[]> {
  // Before the first of them is sent: half of a line that a switch reads otherwise is not known afterwards.
  const refused = untypeableAmong(work.flatMap(linesOf))
  if (refused) return failedFirst(work, refused.failure)
  const outcomes: Outcome[] = []
  while (outcomes.length < work.length) {
    const rest = work.slice(outcomes.length)
    const typed = rest.findIndex(each => isExec(each) !== isExec(rest[0]))
    const group = typed < 0 ? rest : rest.slice(0, typed)
    outcomes.push(...(isExec(group[0]) ? await execute(writing, group) : await writeLines(writing, group)))
    if (outcomes.some(({ state }) => state !== 'applied')) break
  }
  return work.map((_, index) => outcomes[index] ?? { state: 'unsent' })
}

function isExec(work: Work<'nxos'> | undefined): boolean {
  return work?.commands.some(command => 'exec' in command) ?? false
}

/** Exec-mode commands (clear, copy, system mode …): what they print is the outcome. */
async function execute({ exec }: Writing, works: Works): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const { commands } of works) {
    try {
      const said: string[] = []
      for (const command of commands) if ('exec' in command) said.push((await exec(command.exec)).join('\n'))
      outcomes.push({ state: 'applied', said })
    } catch (error) {
      const failure = toFailure(error)
      const state = failure.code === 'rejected' ? 'failed' : 'unknown'
      outcomes.push({
        state,
        failure: { aftermath: 'What it did before is not known to weft, and is not undone.', ...failure },
      })
      break
    }
  }
  return outcomes
}

async function writeLines(writing: Writing, work: Works): Promise<readonly Outcome[]> {
  const { state } = writing
  if (!state.spoiled && work.every(task => linesOf(task).length === 0)) {
    // Only to be saved, which the commit does.
    state.applied.push(...work)
    return work.map(() => ({ state: 'applied' }))
  }
  return carryLines(writing, work)
}

/** The first task failed, the others were not sent. */
export function failedFirst(work: Works, failure: Failure): Outcome[] {
  return work.map((_, index) => (index === 0 ? { state: 'failed', failure } : { state: 'unsent' }))
}
