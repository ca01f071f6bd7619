import type { RunEvent } from '../model/event.ts'
import { createTreeRow, type DrawnTask, type TreeRow } from './tree-row.ts'

type EventOf<Name extends RunEvent['event']> = Extract<RunEvent, { event: Name }>

/** Tasks that are drawn together because they overlap in time. */
export interface Generation {
  task(event: EventOf<'task-started'>): void
  progress(event: EventOf<'host-progress'>): void
  result(event: EventOf<'host-result'>): void
  /** A line at the bottom: while listr2 draws it holds back whatever else is written. */
  notice(text: string): void
  /** Whether a host still works in it. */
  busy(): boolean
  end(): Promise<void>
}

/** More hosts than this are counted in the task's line. In a pass all tasks show the same hosts, so only the first lists them. */
const mostHostLines = 16

/** What weft uses of listr2's Listr; `runTask` starts a task that was added after run(). */
interface Growing {
  readonly tasks: readonly unknown[]
  add(task: DrawnTask): void
  run(context: object): Promise<unknown>
  runTask(task: unknown): Promise<void>
}

/** Starts a listr2 drawing. listr2 owns no work here: its tasks are promises that events settle. */
export async function startGeneration({ plan }: { plan: boolean }): Promise<Generation> {
  const { Listr } = await import('listr2')
  const rows = new Map<string, TreeRow>()
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  // A task without a title is not drawn; this one keeps the drawing open while tasks come and go.
  const listr = new Listr<object>([{ task: () => held }], {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: { collapseSubtasks: true, showErrorMessage: false, collapseErrors: true },
  }) as unknown as Growing
  const running: Promise<unknown>[] = [listr.run({})]

  const start = (task: DrawnTask) => {
    listr.add(task)
    running.push(listr.runTask(listr.tasks.at(-1)))
  }

  return {
    task: event => {
      const listed = rows.size === 0 && event.hosts.length > 0 && event.hosts.length <= mostHostLines
      const row = createTreeRow(event, { listed, plan })
      rows.set(event.id, row)
      start(row.task)
    },
    progress: event => {
      for (const row of rows.values()) if (event.task === undefined || row.id === event.task) row.progress(event)
    },
    result: event => rows.get(event.id)?.result(event),
    notice: text => start({ title: text, task: () => held }),
    busy: () => [...rows.values()].some(row => row.waiting() > 0),
    end: async () => {
      for (const row of rows.values()) row.end()
      release()
      await Promise.allSettled(running)
    },
  }
}
