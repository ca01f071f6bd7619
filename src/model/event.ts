import * as z from 'zod'
import { Failure, Place, ShownChange } from './event-parts.ts'

const Json = z.unknown()

/** Status of one task on one host. rescued: failed inside a block whose rescue runs; ignored: failed but let pass. */
export const Status = z.enum(['ok', 'changed', 'skipped', 'failed', 'unreachable', 'rescued', 'ignored'])
export type Status = z.infer<typeof Status>

const TaskName = { play: z.string(), task: z.string(), id: z.string() }

export const LoopItem = z.object({
  item: Json,
  status: Status,
  msg: Json.optional(),
  rc: z.number().optional(),
  failure: Failure.optional(),
})

export const Recap = z.object({
  ok: z.number(),
  changed: z.number(),
  unreachable: z.number(),
  failed: z.number(),
  skipped: z.number(),
  rescued: z.number(),
  ignored: z.number(),
})
export type Recap = z.infer<typeof Recap>

/** Everything the engine does, in order. Every report (terminal, JSON, Markdown, journal) reads this and nothing else. */
export const RunEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('run-started'),
    time: z.string(),
    run: z.string(),
    mode: z.enum(['plan', 'run']),
    playbooks: z.array(z.string()),
    version: z.string(),
  }),
  z.object({
    event: z.literal('play-started'),
    time: z.string(),
    play: z.string(),
    hosts: z.array(z.string()),
    at: Place.optional(),
  }),
  z.object({
    event: z.literal('task-started'),
    time: z.string(),
    ...TaskName,
    action: z.string(),
    at: Place,
    hosts: z.array(z.string()),
  }),
  z.object({
    event: z.literal('host-progress'),
    time: z.string(),
    host: z.string(),
    task: z.string().optional(),
    step: z.enum([
      'connecting',
      'reading',
      'planning',
      'writing',
      'undoing',
      'settling',
      'retrying',
      'saving',
      'waiting',
    ]),
    text: z.string(),
  }),
  z.object({
    event: z.literal('host-result'),
    time: z.string(),
    ...TaskName,
    action: z.string(),
    at: Place,
    host: z.string(),
    status: Status,
    seconds: z.number(),
    /** What the action said: debug's message, a command's output, set_fact's facts. */
    msg: Json.optional(),
    rc: z.number().optional(),
    /** no_log: neither msg nor items nor changes are given. */
    hidden: z.boolean().optional(),
    items: z.array(LoopItem).optional(),
    changes: z.array(ShownChange).optional(),
    diff: z.array(z.object({ before: z.string(), after: z.string(), header: z.string().optional() })).optional(),
    failure: Failure.optional(),
    delegate: z.string().optional(),
  }),
  z.object({ event: z.literal('warning'), time: z.string(), text: z.string(), host: z.string().optional() }),
  z.object({
    event: z.literal('run-finished'),
    time: z.string(),
    seconds: z.number(),
    exit: z.number(),
    hosts: z.record(z.string(), Recap),
    /** A failure that ended the run before or outside of any task. */
    failure: Failure.optional(),
    /** The next command to type, when something failed. */
    next: z.string().optional(),
  }),
])
export type RunEvent = z.infer<typeof RunEvent>

/** Receives events; must not throw and must not block. */
export type Emit = (event: RunEvent) => void
