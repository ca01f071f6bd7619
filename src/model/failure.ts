import * as z from 'zod'

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

/** The only error class of weft: a Failure that is thrown. */
export class FailureError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, { cause })
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** Any thrown thing as a Failure; what is not a FailureError is a defect of weft. */
export function toFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'defect', message, remedy: 'This is a bug in weft: please report it with the output of -vvv.' }
}
