import { type Failure, toFailure } from '../model/failure.ts'

/** Any thrown thing as a Failure; what the second Ctrl-C broke off is interrupted, not a defect. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error) || error.name !== 'AbortError') return toFailure(error)
  return {
    code: 'interrupted',
    message: 'Stopped by the user while it ran; whether it had its effect is unknown.',
    remedy: 'Plan again to see where things stand.',
  }
}
