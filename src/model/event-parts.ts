import * as z from 'zod'

/** The parts of events that the engine also uses by themselves. It needs their types only: a run loads none of these schemas. */

/**
 * Why something did not work. Each code asks for a different reaction, so they are never folded into one:
 * an authentication error is not an empty answer, and a refused line is not an unreachable device.
 */
export const FailureCode = z.enum([
  'unreachable', // no connection: name, route, port, host key
  'timeout', // it answered before and stopped answering
  'busy', // it said that it has no room now (session limit, 503)
  'denied', // credentials or permission
  'rejected', // the device refused a line, an object or a request
  'unparseable', // it answered something weft cannot read
  'unsafe', // weft itself refuses: policy, immutable field, check mode
  'stale', // live state moved since the plan
  'invalid', // the playbook, inventory or an argument is wrong
  'failed', // a task said so: fail, assert, failed_when, a command's exit code
  'interrupted', // the user stopped the run
  'defect', // a bug in weft
])
export type FailureCode = z.infer<typeof FailureCode>

export const Place = z.object({ file: z.string(), line: z.number(), column: z.number() })

/** A failure as plain JSON. */
export const Failure = z.object({
  code: FailureCode,
  /** One sentence: what happened. */
  message: z.string(),
  /** Where in the YAML. */
  at: Place.optional(),
  /** What the device said, in its own words, and the line or object that it refused with the contexts above it. */
  device: z
    .object({ said: z.string(), line: z.string().optional(), context: z.array(z.string()).optional() })
    .optional(),
  /** What to do about it. */
  remedy: z.string().optional(),
  /** What became of the changes that were already made: undone, or still there. Never left out after a write. */
  aftermath: z.string().optional(),
})
export type Failure = z.infer<typeof Failure>

/** How a difference appears in an event: the lines a reviewer reads, already masked. */
export const ShownChange = z.object({
  resource: z.string(),
  action: z.enum(['create', 'update', 'delete']),
  /** A diff: each line starts with '+', '-' or ' '. */
  lines: z.array(z.string()),
  /** 'config': the lines are an excerpt of an indented configuration; excerpts of neighbours are drawn as one. */
  form: z.enum(['config']).optional(),
  disrupts: z.string().optional(),
  oneWay: z.string().optional(),
})
export type ShownChange = z.infer<typeof ShownChange>
