import { resolve } from 'node:path'
import { refuseEmptyLimit } from '../inventory/empty-limit.ts'
import { memoryLedger } from '../journal/memory/ledger.ts'
import type { Block, Task } from '../model/play.ts'
import { writtenScope } from '../model/scope.ts'
import { shortAction } from '../playbook/read/actions.ts'
import { loadPlaybook } from '../playbook/read/load.ts'
import type { Doors, RunOptions } from './options.ts'
import { flatten, place } from './play/place.ts'
import { hostsOf } from './play/play.ts'
import { isWanted } from './play/selection.ts'
import { startRun } from './start.ts'
import { tagsOf } from './task/inherit.ts'

/** What --list-hosts, --list-tasks and --syntax-check print. */
export interface Description {
  readonly plays: readonly {
    readonly name: string
    readonly pattern: string
    readonly tags: readonly string[]
    readonly hosts: readonly string[]
    readonly tasks: readonly { readonly name: string; readonly action: string; readonly tags: readonly string[] }[]
  }[]
}

/** Plays, hosts and tasks as far as they are known without running anything. Throws FailureError for invalid input. */
export async function describe(
  options: Omit<RunOptions, 'stop' | 'abort'>,
  modules: Doors['modules'],
): Promise<Description> {
  const never = new AbortController().signal
  const run = await startRun({ ...options, mode: 'plan', stop: never, abort: never }, { ...closed, modules })
  refuseEmptyLimit(run.inventory, options.limit)
  const plays = []
  for (const playbook of options.playbooks) {
    const loaded = await loadPlaybook(resolve(options.folder, playbook), {
      modules,
      extraVars: options.extraVars,
    })
    for (const play of loaded.plays) {
      const keep = (task: Task, parents: readonly Block[]) => isWanted({ run, play }, task, parents)
      const steps = [...play.preTasks, ...play.tasks, ...play.postTasks]
      const tasks = flatten(place(steps, [], keep)).filter(({ task }) => shortAction(task.action) !== 'meta')
      plays.push({
        ...namesOf(hostsOf(run, play, writtenScope(play.vars))),
        tags: [...play.tags],
        tasks: tasks.map(({ task, parents }) => ({
          name: task.role ? `${task.role} : ${task.name ?? task.action}` : (task.name ?? task.action),
          action: task.action,
          tags: [...tagsOf([play, ...parents, task])],
        })),
      })
    }
  }
  return { plays }
}

function namesOf({ name, pattern, hosts }: ReturnType<typeof hostsOf>) {
  return { name, pattern, hosts }
}

/** Nothing is opened and nothing is told. */
const closed = {
  emit: () => {},
  open: { nxos: refuse, apic: refuse, kube: refuse, linux: refuse },
  clock: () => new Date(),
  ledger: memoryLedger({ keepsEvents: false }),
  who: '',
  commit: async () => null,
}

async function refuse(): Promise<never> {
  throw new Error('a description opens no devices')
}
