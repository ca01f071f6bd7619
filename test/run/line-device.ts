import * as z from 'zod'
import type { Device, Work } from '../../src/model/device.ts'
import { FailureError } from '../../src/model/failure.ts'
import type { Managed } from '../../src/model/managed.ts'
import type { ResourceModule } from '../../src/model/module.ts'
import type { CliNode, NxosRead } from '../../src/model/nxos.ts'

/** What happened to the devices of a test, in order. */
export interface Fabric {
  readonly lines: Map<string, Set<string>>
  /** 'leaf1 open', 'leaf1 read', 'leaf1 write a b | c' (one part per task), 'leaf1 finish', 'leaf1 close' … */
  readonly log: string[]
  readonly refused: Set<string>
  /** Lines during which the connection is lost. */
  readonly lost: Set<string>
  readonly down: Set<string>
}

export function newFabric(): Fabric {
  return { lines: new Map(), log: [], refused: new Set(), lost: new Set(), down: new Set() }
}

/** A device that is a set of lines: enough to see what the engine sends, in which order, and what it makes of refusals. */
export function openLines(fabric: Fabric, host: string): Device<'nxos'> {
  if (fabric.down.has(host)) throw new FailureError({ code: 'unreachable', message: `${host} is down` })
  fabric.log.push(`${host} open`)
  const live = fabric.lines.get(host) ?? new Set<string>()
  fabric.lines.set(host, live)
  let staged: Set<string> | null = null
  let written = false
  const read: NxosRead = {
    async running() {
      if (!staged) fabric.log.push(`${host} read`)
      staged ??= new Set(live)
      return [...staged].map((line): CliNode => ({ line, children: [] }))
    },
    async show(command) {
      fabric.log.push(`${host} show ${command}`)
      return [...live].join('\n')
    },
  }
  return {
    kind: 'nxos',
    target: `nxos:${host}`,
    read,
    net: null,
    look: async ({ changes }) => ({ hasNet: false, standings: changes.map(() => 'other') }),
    adopt: () => {},
    stage(changes) {
      for (const change of changes as readonly Managed<string>[]) staged?.add(String(change.after))
    },
    async write(work) {
      fabric.log.push(`${host} write ${work.map(task => linesOf(task).join(' ')).join(' | ')}`)
      let broken = false
      written = true
      return work.map(task => {
        if (broken) return { state: 'unsent' }
        const bad = linesOf(task).find(line => fabric.refused.has(line) || fabric.lost.has(line))
        if (bad === undefined) {
          for (const line of linesOf(task)) live.add(line)
          return { state: 'applied' }
        }
        broken = true
        staged = null
        return {
          state: 'failed',
          failure: {
            code: fabric.lost.has(bad) ? 'unreachable' : 'rejected',
            message: `${bad} was refused`,
            aftermath: 'undone',
          },
        }
      })
    },
    verify: async () => null,
    async commit() {
      fabric.log.push(`${host} finish`)
      written = false
      return null
    },
    revert: async () => null,
    pending: () => (written ? { net: null } : null),
    async reconnect() {
      fabric.log.push(`${host} reconnect`)
    },
    async release() {
      fabric.log.push(`${host} close`)
    },
  }
}

function linesOf(task: Work<'nxos'>): string[] {
  return task.commands.flatMap(command => ('line' in command ? [command.line] : []))
}

const Args = z.strictObject({ line: z.string(), password: z.string().optional(), defect: z.string().optional() })

/** Keeps a line in the configuration. */
export const keepLine: ResourceModule<'nxos', z.infer<typeof Args>, Set<string>, string> = {
  name: 'keep_line',
  summary: 'Keeps a line',
  kind: 'nxos',
  args: Args,
  examples: [],
  async observe(read) {
    return new Set((await read.running()).map(node => node.line))
  },
  plan: (state, { line }) => (state.has(line) ? [] : [{ id: line, before: null, after: line }]),
  render: changes => changes.map(change => ({ parents: [], line: String(change.after) })),
  show: change => ({ resource: change.id, action: 'create', lines: [`+${change.after}`] }),
}

/** Keeps a line, and waits until `show` says it: a device that never does makes it fail. */
export const settleLine: typeof keepLine = {
  ...keepLine,
  name: 'settle_line',
  settled: async (read, { line }) =>
    (await read.show('lines')).includes(`${line} is up`)
      ? { ok: true }
      : { ok: false, state: 'waiting', because: `${line} is down` },
  patience: ({ password }) => Number(password ?? 1),
}

/** Keeps a line; what it asks of the device is known ahead, and it looks whether the line has settled, which it has at once. */
export const foreseenLine: typeof keepLine = {
  ...keepLine,
  name: 'foreseen_line',
  prefetch: async read => void (await read.running()),
  settled: async () => ({ ok: true }),
  patience: () => 1,
}

/** A module with a defect: it throws in the step that `defect` names. */
export const brokenLine: typeof keepLine = {
  ...keepLine,
  name: 'broken_line',
  asksNow: written => JSON.stringify(written).includes('asksNow') && thrown('asksNow'),
  async prefetch(_, { defect }) {
    if (defect === 'prefetch') thrown(defect)
  },
  async observe(read, args) {
    return args.defect === 'observe' ? thrown(args.defect) : keepLine.observe(read, args)
  },
  plan: (state, args) => (args.defect === 'plan' ? thrown(args.defect) : keepLine.plan(state, args)),
  render: (changes, args) => (args.defect === 'render' ? thrown(args.defect) : keepLine.render(changes, args)),
  result: (_, { defect }) => (defect === 'result' ? thrown(defect) : {}),
}

function thrown(step: string): never {
  throw new TypeError(`a defect of ${step}`)
}
