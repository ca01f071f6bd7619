import type { ListrTask } from 'listr2'
import type { RunEvent, Status } from '../model/event.ts'
import { countChanges } from './change-lines.ts'

type EventOf<Name extends RunEvent['event']> = Extract<RunEvent, { event: Name }>
export type DrawnTask = ListrTask<object>

/** One task of the tree, with a line per host below it while it works. */
export interface TreeRow {
  readonly id: string
  readonly task: DrawnTask
  progress(event: EventOf<'host-progress'>): void
  result(event: EventOf<'host-result'>): void
  waiting(): number
  end(): void
}

const bad: readonly Status[] = ['failed', 'unreachable']

interface Line {
  setTitle(title: string): void
  settle(failed: boolean): void
  readonly drawn: DrawnTask
}

/** `listed`: a line per host below the task's; else they are counted in its line. */
export function createTreeRow(
  event: EventOf<'task-started'>,
  { listed, plan }: { listed: boolean; plan: boolean },
): TreeRow {
  const waiting = new Set(event.hosts)
  const counts = new Map<Status, number>()
  const hosts = new Map((listed ? event.hosts : []).map(host => [host, createLine(host)]))
  const own = createLine(event.task)
  const drawn: DrawnTask = {
    ...own.drawn,
    task: async (context, self) => {
      const done = Promise.resolve(own.drawn.task(context, self))
      if (!listed) return done
      return self.newListr([...[...hosts.values()].map(line => line.drawn), { task: () => done }], {
        concurrent: true,
        exitOnError: false,
      })
    },
  }
  const failed = () => bad.some(status => (counts.get(status) ?? 0) > 0)
  return {
    id: event.id,
    task: drawn,
    progress: ({ host, step, text }) => {
      if (!waiting.has(host)) return
      if (listed) hosts.get(host)?.setTitle(`${host}  ${step}${text ? `  ${text}` : ''}`)
      else own.setTitle(`${event.task}  ${summary(counts, waiting.size)}  ${host} ${step}`)
    },
    result: result => {
      waiting.delete(result.host)
      counts.set(result.status, (counts.get(result.status) ?? 0) + 1)
      const changes = result.changes?.length ? `  ${countChanges(result.changes, { done: !plan })}` : ''
      hosts.get(result.host)?.setTitle(`${result.host}  ${result.status}${changes}`)
      hosts.get(result.host)?.settle(bad.includes(result.status))
      own.setTitle(`${event.task}  ${summary(counts, waiting.size)}`)
      if (waiting.size === 0) own.settle(failed())
    },
    waiting: () => waiting.size,
    end: () => {
      for (const line of hosts.values()) line.settle(false)
      own.settle(failed())
    },
  }
}

/** A listr2 task that waits to be settled from outside; a title set before it is drawn is kept. */
function createLine(title: string): Line {
  let current = title
  let retitle = (_title: string) => {}
  let settle = (_failed: boolean) => {}
  const settled = new Promise<void>((resolve, reject) => {
    settle = failed => (failed ? reject(new Error(current)) : resolve())
  })
  settled.catch(() => {})
  return {
    setTitle: next => {
      current = next
      retitle(next)
    },
    settle,
    drawn: {
      title,
      task: (_, self) => {
        retitle = next => {
          self.title = next
        }
        retitle(current)
        return settled
      },
    },
  }
}

/** 'changed 2, ok 14, 3 to go'. */
function summary(counts: ReadonlyMap<Status, number>, waiting: number): string {
  const parts = [...counts].map(([status, number]) => `${status} ${number}`)
  return [...parts, ...(waiting > 0 ? [`${waiting} to go`] : [])].join(', ')
}
