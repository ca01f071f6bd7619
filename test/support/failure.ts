import { type Failure, toFailure } from '../../src/model/failure.ts'

/** The failure that a promise ends with; throws when it does not fail. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise
  } catch (error) {
    return toFailure(error)
  }
  throw new Error('It did not fail.')
}
