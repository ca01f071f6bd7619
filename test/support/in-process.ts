import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { memoryLedger } from '../../src/journal/memory/ledger.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { modules } from '../../src/modules/index.ts'
import { execute, type RunEnd } from '../../src/run/execute.ts'
import type { Doors, RunOptions } from '../../src/run/options.ts'
import { folderOf } from './folder.ts'
import type { WholeLab } from './whole-lab.ts'

export interface Executed extends RunEnd {
  readonly events: readonly RunEvent[]
}

/** A folder with a playbook's files, the inventory, and `canary/`, where its tasks would put theirs. */
export function repository(lab: WholeLab, files: Readonly<Record<string, string>>): string {
  const folder = folderOf({
    'hosts.yml': lab.inventory,
    'files/one.txt': 'one\n',
    'files/tree/two.txt': 'two\n',
    'templates/one.j2': 'made for {{ inventory_hostname }}\n',
    'canary/old': 'as it was\n',
    // Settings of the repository, which are not the operator's.
    'weft.yml': 'allow_in_plan: [pipe, command, shell, copy, template, uri]\n',
    ...files,
  })
  symlinkSync('old', join(folder, 'canary/link'))
  return folder
}

export function optionsOf(lab: WholeLab, folder: string, more: Partial<RunOptions> = {}): RunOptions {
  const never = new AbortController().signal
  return {
    playbooks: ['site.yml'],
    inventory: ['hosts.yml'],
    tags: [],
    skipTags: [],
    forks: 4,
    mode: 'run',
    diff: true,
    folder,
    verbosity: 0,
    stop: never,
    abort: never,
    ...more,
    extraVars: { canary: join(folder, 'canary'), web: lab.web.url, ...more.extraVars },
  }
}

export function doorsOf(lab: WholeLab): Doors {
  return {
    emit: () => {},
    open: lab.open,
    modules,
    clock: () => new Date(),
    ledger: memoryLedger({ keepsEvents: false }),
    who: 'test@here',
    commit: async () => null,
  }
}

/** Plans or runs site.yml of such a folder in this process. */
export async function executeIn(
  lab: WholeLab,
  folder: string,
  { onEvent, ...more }: Partial<RunOptions> & { onEvent?: (event: RunEvent) => void } = {},
): Promise<Executed> {
  const events: RunEvent[] = []
  const doors = doorsOf(lab)
  const emit = (event: RunEvent) => {
    events.push(event)
    onEvent?.(event)
  }
  const end = await execute(optionsOf(lab, folder, more), { ...doors, emit })
  return { ...end, events }
}
