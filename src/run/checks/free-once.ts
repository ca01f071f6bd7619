import { rememberedOf } from '../../model/remembered.ts'
import { emit } from '../emit.ts'
import type { PlacedTask } from '../play/place.ts'
import type { Run } from '../state.ts'
import { where } from '../where.ts'

const told = rememberedOf((_: Run) => new Set<string>())

/** Warns, once per task, of what is meant for the first host only and which hosts that go their own ways do each, as in Ansible. */
export function warnOfOnceInFree(run: Run, { task }: PlacedTask): void {
  if (told(run).has(task.id)) return
  told(run).add(task.id)
  emit(run, {
    event: 'warning',
    text: `${where(run, task.at)}: in a play with strategy: free each host does this task, because none knows whether another was first. Move it to a play of its own.`,
  })
}
