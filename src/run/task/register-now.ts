import { toFailure } from '../../model/failure.ts'
import type { Value } from '../../model/value.ts'
import type { PlacedTask } from '../play/place.ts'
import type { Prepared } from './prepare.ts'

/** Whether what was written is read again, because the task registers what only the target then knows (an address, a uid). */
export function registersNow({ module }: Pick<Prepared, 'module'>, { task }: PlacedTask): boolean {
  return task.register !== null && module.now !== undefined
}

/**
 * What a written round registers as it is now. A read that fails does not make the task fail, whose change is made: what was foreseen
 * stays, with a warning as Ansible's results carry them.
 */
export async function valuesNow({
  module,
  device,
  args,
  state,
  intent,
}: Prepared): Promise<Readonly<Record<string, Value>>> {
  try {
    return (await module.now?.(device.read, { changes: intent.differences, args, state })) ?? {}
  } catch (error) {
    const { message } = toFailure(error)
    return { warnings: [`This is what was foreseen: what the change has become could not be read. ${message}`] }
  }
}

/** Whether a task may use, by name, what one of these registers. */
export function mentions({ task, parents }: PlacedTask, names: readonly string[]): boolean {
  if (names.length === 0) return false
  const parts = [task.args, task.when, task.loop, task.vars, task.delegateTo, task.changedWhen]
  const around = parents.map(block => [block.when, block.vars])
  const text = JSON.stringify([...parts, ...around])
  return names.some(name => new RegExp(`\\b${name}\\b`).test(text))
}
