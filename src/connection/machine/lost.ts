import { FailureError } from '../../model/failure.ts'

/** The connection ended before the process did: whether it had its effect is unknown. */
export class LostError extends Error {}

/** Whether a failure is a connection that ended in the middle. */
export function isLost(error: unknown): boolean {
  return error instanceof FailureError && error.cause instanceof LostError
}
