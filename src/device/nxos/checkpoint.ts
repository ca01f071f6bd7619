import { refusalIn } from '../../connection/cli/rejection.ts'
import { maskedText } from '../../diff/cli/secret.ts'
import type { Failure } from '../../model/failure.ts'
import type { Wire } from './wire.ts'

/** A checkpoint or a rollback of a large configuration takes minutes. */
export const SLOW_SECONDS = 300

/**
 * Makes the checkpoint that a failed task is undone to. A refusal is a failure before anything was written.
 * @returns null when it is there.
 */
export async function makeCheckpoint(wire: Wire, host: string, name: string): Promise<Failure | null> {
  const { answers, failure } = await wire.again([`checkpoint ${name}`], SLOW_SECONDS)
  if (failure) return { ...failure, aftermath: 'Nothing was configured: it happened while the checkpoint was made.' }
  const said = refusalIn(answers[0]?.output ?? [])
  // A run's name is its own: a session lost before the answer had made it.
  if (said === null || /already exists/i.test(said)) return null
  const full = /maximum|limit|reached/i.test(said)
  return {
    code: 'rejected',
    message: `${host} refused the checkpoint ${name}, without which a failed task could not be undone.`,
    device: { said, line: `checkpoint ${name}` },
    remedy: full
      ? await fullRemedy(wire)
      : "Look at 'show checkpoint summary'; features such as FCoE disable checkpoints.",
    aftermath: 'Nothing was written.',
  }
}

/** A switch holds 10 user checkpoints: names those that are there, weft's own leftovers first. */
async function fullRemedy(wire: Wire): Promise<string> {
  const { answers } = await wire.again(['show checkpoint summary user'])
  const names = (answers[0]?.output ?? []).flatMap(line => /^\d+\) (\S+?):?$/.exec(line.trim())?.[1] ?? [])
  const own = names.filter(name => name.startsWith('weft-'))
  const first = own[0] ?? names[0] ?? 'NAME'
  return `A switch holds 10 checkpoints; here are ${names.join(', ') || 'too many'}. Remove one that nobody needs: no checkpoint ${first}`
}

/**
 * Rolls the running-config back to a checkpoint.
 * @returns what went wrong, or null when the switch says that it is done.
 */
export async function rollBack(wire: Wire, name: string): Promise<Failure | null> {
  const line = `rollback running-config checkpoint ${name}`
  const { answers, failure } = await wire.again([line], SLOW_SECONDS)
  if (failure) return failure
  const output = answers[0]?.output ?? []
  const text = output.join('\n').trim()
  const said = refusalIn(output)
  if (said === null && /completed successfully|Rollback Patch is Empty|Verification is Successful/i.test(text))
    return null
  return { code: 'rejected', message: `${line} failed.`, device: { said: maskedText(text) || '(nothing)', line } }
}
