import type { Block, Play, Step, Task } from '../../model/play.ts'
import type { Value } from '../../model/value.ts'

/** A task that nobody wrote: an implicit flush_handlers, Gathering Facts. Its place is the play's. */
export function madeTask(
  play: Play,
  { id, name, action, args }: { id: string; name: string | null; action: string; args: Value },
): Task {
  return {
    ...plain(play),
    type: 'task',
    id,
    name,
    action,
    args,
    argsPath: [],
    loop: null,
    register: null,
    notify: [],
    listen: [],
    changedWhen: null,
    failedWhen: null,
    until: null,
    retries: null,
    delay: null,
    folders: play.folders,
  }
}

/** A block that nobody wrote: a section of a play whose handlers run even after a failure. */
export function madeBlock(
  play: Play,
  { id, tasks, always }: { id: string; tasks: readonly Step[]; always: readonly Step[] },
): Block {
  return { ...plain(play), type: 'block', id, tasks, rescue: [], always }
}

function plain(play: Play) {
  return {
    name: null,
    tags: [],
    vars: {},
    when: [],
    ignoreErrors: null,
    runOnce: null,
    delegateTo: null,
    checkMode: null,
    diff: null,
    noLog: null,
    source: play.source,
    at: play.at,
  }
}
