import { isLost } from '../../connection/machine/lost.ts'
import type { Machine } from '../../connection/machine/machine.ts'
import type { Work } from '../../model/device.ts'
import { type Failure, toFailure } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import { bytesOf, type FileState, type MachineCommand } from '../../model/machine.ts'
import type { Progress } from '../../model/progress.ts'
import { sameState, stateOf } from './file-state.ts'
import { type Undo, undoAll } from './undo.ts'

interface Writing {
  /** What leads back; what is done is added to it. */
  readonly undo: Undo[]
  /** What was placed and no process of this run may have changed since. */
  readonly placed: Map<string, FileState | null>
  readonly progress: Progress
}

/** Carries out intents in order and stops at the first that fails; the files that it had placed are put back. */
export async function writeAll(
  machine: Machine,
  work: readonly Work<'linux'>[],
  writing: Writing,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let failed = false
  for (const each of work) {
    const outcome: Outcome = failed ? { state: 'unsent' } : await writeOne(machine, each, writing)
    failed ||= outcome.state !== 'applied'
    outcomes.push(outcome)
  }
  return outcomes
}

async function writeOne(
  machine: Machine,
  { title, commands }: Work<'linux'>,
  { undo, placed, progress }: Writing,
): Promise<Outcome> {
  const own: Undo[] = []
  let said: unknown
  progress('writing', title)
  for (const command of commands) {
    if ('run' in command) placed.clear()
    let step: FileStep | null = null
    try {
      step = await stepOf(machine, command)
      said = (await carryOut(machine, command, own)) ?? said
    } catch (error) {
      if (!(await hasArrived(machine, { error, step }))) {
        for (const each of own) if ('path' in each) placed.delete(each.path)
        return failedOutcome(machine, { command, error, step, own, undo })
      }
    }
    if (!step) continue
    own.push(step)
    placed.set(step.path, step.after)
  }
  undo.push(...own)
  return said === undefined ? { state: 'applied' } : { state: 'applied', said }
}

type FileStep = Extract<Undo, { path: string }>

/** What leads back from a command on a file; null for another. */
async function stepOf(machine: Machine, command: MachineCommand): Promise<FileStep | null> {
  if ('place' in command) {
    return { path: command.place, before: await stateOf(machine.read, command.place), after: command.file }
  }
  if (!('remove' in command)) return null
  return { path: command.remove, before: await stateOf(machine.read, command.remove), after: null }
}

/** What a process or a web server answered; nothing for a file. */
async function carryOut(machine: Machine, command: MachineCommand, own: Undo[]): Promise<unknown> {
  if ('run' in command) return machine.run(command.run)
  if ('request' in command) return machine.request(command.request)
  if ('remove' in command) return machine.remove(command.remove)
  if ('place' in command) return place(machine, command)
  const made = await machine.folder(command.folder, command.mode)
  if (made !== null) own.push({ made, to: command.folder })
  return undefined
}

async function place(machine: Machine, command: Extract<MachineCommand, { place: string }>): Promise<void> {
  const { place: path, file, backup, validate } = command
  if (file.link !== undefined) return machine.link(path, file.link)
  await machine.place({
    path,
    bytes: bytesOf(file),
    mode: file.mode,
    ...(backup === undefined ? {} : { backup }),
    ...(validate ? { validate } : {}),
  })
}

interface Trouble {
  readonly command: MachineCommand
  readonly error: unknown
  /** What leads back from the command that failed. */
  readonly step: FileStep | null
  /** What leads back from those of the same intent before it. */
  readonly own: Undo[]
  readonly undo: Undo[]
}

/** Whether a file is in its place although the connection that was to say so is lost. */
async function hasArrived(machine: Machine, { error, step }: Pick<Trouble, 'error' | 'step'>): Promise<boolean> {
  if (!isLost(error) || !step) return false
  return stateOf(machine.read, step.path).then(
    live => sameState(live, step.after),
    () => false,
  )
}

/** What became of an intent whose command failed: of a file the machine can say, of a process nobody can. */
async function failedOutcome(machine: Machine, trouble: Trouble): Promise<Outcome> {
  const { command, error, step, own, undo } = trouble
  const failure = toFailure(error)
  if ('run' in command || 'request' in command) {
    undo.push(...own)
    if (mayHaveHappened(command, error, failure))
      return { state: 'unknown', failure: { ...failure, aftermath: 'Whether it had its effect is unknown.' } }
    return { state: 'failed', failure: { ...failure, aftermath: failure.aftermath ?? 'Nothing was started.' } }
  }
  if (isLost(error) && !(step && (await isAsBefore(machine, step)))) {
    undo.push(...own, ...(step ? [step] : []))
    return { state: 'unknown', failure: { ...failure, aftermath: UNKNOWN } }
  }
  // A file is placed whole or not at all.
  return { state: 'failed', failure: await takenBack(machine, failure, own) }
}

function mayHaveHappened(command: MachineCommand, error: unknown, failure: Failure): boolean {
  if (isLost(error) || failure.code === 'interrupted') return true
  return 'request' in command && failure.code !== 'unsafe' && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(failure.message)
}

function isAsBefore(machine: Machine, step: FileStep): Promise<boolean> {
  return stateOf(machine.read, step.path).then(
    live => sameState(live, step.before),
    () => false,
  )
}

const UNKNOWN = 'Whether the file was placed is unknown; it is there whole or not at all.'

async function takenBack(machine: Machine, failure: Failure, own: Undo[]): Promise<Failure> {
  if (own.length === 0) return { ...failure, aftermath: failure.aftermath ?? 'Nothing was changed.' }
  const problem = await undoAll(machine, own)
  if (problem) return { ...failure, aftermath: `What the task had placed was NOT all put back: ${problem.message}` }
  return { ...failure, aftermath: 'What the task had placed before was put back.' }
}
