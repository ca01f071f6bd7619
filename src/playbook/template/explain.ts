import { FailureError } from '../../model/failure.ts'
import { didYouMean } from '../../model/nearest.ts'
import { PlacedError, Problem } from '../evaluate/problem.ts'
import { UndefinedError } from '../python/operand.ts'
import { shorten } from './memo.ts'

interface Situation {
  readonly text: string
  /** Every variable there is, for the nearest name. */
  readonly names: () => readonly string[]
  /** Variables that are there but refer to something undefined. */
  readonly missing: ReadonlyMap<string, FailureError>
}

/** What went wrong in a template as a FailureError (invalid): which name was undefined and where, which filter failed, that it ran too long. */
export function explain(error: unknown, situation: Situation): FailureError {
  if (error instanceof FailureError) return error
  const placed = error instanceof PlacedError ? error : null
  const cause = placed ? placed.cause : error
  if (cause instanceof FailureError) return cause
  const where = placed ? whereIs(placed) : ` (in "${shorten(situation.text)}")`
  if (cause instanceof UndefinedError) return undefinedFailure(cause, situation, where)
  const message = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
  const remedy = cause instanceof Problem ? cause.remedy : 'Correct the expression.'
  return failure(`${message}${where}.`, remedy, cause)
}

/** Whether what was used is not there; a variable that fails so is undefined itself. */
export function isUndefinedFailure(error: FailureError): boolean {
  return error.cause instanceof UndefinedError || /is undefined|has no attribute/.test(error.failure.message)
}

function undefinedFailure(error: UndefinedError, { names, missing }: Situation, where: string): FailureError {
  const { name } = error.of
  const known = name === null ? undefined : missing.get(name)
  if (known) return known
  const near = name === null ? '' : didYouMean(name, names())
  return failure(`${error.message}${where}.${near}`, 'Define it, or give a default: {{ name | default(…) }}.', error)
}

/** The whole of a short template; of a longer one the line, and its number. */
function whereIs({ at, text, file }: PlacedError): string {
  const lines = text.trimEnd().split('\n')
  if (lines.length === 1 && file === null) return ` (in "${shorten(text)}")`
  const number = text.slice(0, at).split('\n').length
  return ` (in "${shorten(lines[number - 1] ?? '')}", line ${number}${file === null ? '' : ` of ${file}`})`
}

function failure(message: string, remedy: string, cause: unknown): FailureError {
  return new FailureError({ code: 'invalid', message, remedy }, cause)
}
