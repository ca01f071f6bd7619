import type { Failure } from './event-parts.ts'

export type { Failure, FailureCode } from './event-parts.ts'

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
