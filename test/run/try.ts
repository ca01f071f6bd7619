import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openLinux } from '../../src/device/linux/open.ts'
import { memoryLedger } from '../../src/journal/memory/ledger.ts'
import type { Device } from '../../src/model/device.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { modules } from '../../src/modules/index.ts'
import { type Doors, execute, type RunEnd, type RunOptions } from '../../src/run/execute.ts'
import { entryOf } from '../support/module-entry.ts'
import { brokenLine, type Fabric, foreseenLine, keepLine, newFabric, openLines, settleLine } from './line-device.ts'

export interface Tried extends RunEnd {
  readonly events: readonly RunEvent[]
  readonly folder: string
}

/** Runs the files' playbook.yml against hosts.ini with devices that are sets of lines. */
export async function tryRun(
  files: Readonly<Record<string, string>>,
  {
    fabric = newFabric(),
    onEvent,
    kube,
    open = {},
    ...options
  }: Partial<RunOptions> & {
    fabric?: Fabric
    onEvent?: (event: RunEvent) => void
    /** Opens the cluster of every host that is one. */
    kube?: () => Promise<Device<'kube'>>
    /** Other devices than those. */
    open?: Partial<Doors['open']>
  } = {},
): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-run-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const events: RunEvent[] = []
  const never = new AbortController().signal
  const refuse = async () => {
    throw new Error('no such device in this test')
  }
  const end = await execute(
    {
      playbooks: ['playbook.yml'],
      inventory: ['hosts.ini'],
      tags: [],
      skipTags: [],
      extraVars: {},
      forks: 5,
      mode: 'run',
      diff: false,
      folder,
      verbosity: 0,
      stop: never,
      abort: never,
      ...options,
    },
    {
      emit: event => {
        events.push(event)
        onEvent?.(event)
      },
      open: {
        nxos: async ({ endpoint }) => openLines(fabric, endpoint.host),
        apic: refuse,
        kube: kube ?? refuse,
        linux: openLinux,
        ...open,
      },
      modules: [...modules, entryOf(keepLine), entryOf(settleLine), entryOf(foreseenLine), entryOf(brokenLine)],
      clock: () => new Date(0),
      ledger: memoryLedger({ keepsEvents: false }),
      who: 'test@here',
      commit: async () => null,
    },
  )
  return { ...end, events, folder }
}

/** 'leaf1 task changed', one per result. */
export function resultsOf(tried: Tried): string[] {
  return tried.events.flatMap(event =>
    event.event === 'host-result' ? [`${event.host} ${event.task} ${event.status}`] : [],
  )
}
