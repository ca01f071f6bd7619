import { FailureError } from '../../model/failure.ts'
import type { ProcessEnd } from '../../model/machine.ts'
import { visible } from '../../model/visible.ts'

/** The end of what a program says is where it says what went wrong. */
const MOST_SAID = 2000

/** What a script said on its standard error, for a person. */
export function saidBy({ stderr }: Pick<ProcessEnd, 'stderr'>): string {
  const text = stderr.trim()
  return visible(text.length > MOST_SAID ? `… ${text.slice(-MOST_SAID)}` : text)
}

/** A script that has not answered. */
export function noAnswer(command: string, how: string, end?: ProcessEnd): FailureError {
  const said = end ? saidBy(end) : ''
  return new FailureError({
    code: 'failed',
    message: `The inventory ${command} ${how}.`,
    ...(said === '' ? {} : { device: { said } }),
    remedy: 'Call it by hand, from this folder, to see what is wrong.',
  })
}

/** The same failure, with the script's name. */
export function whileAsking(command: string, error: unknown): unknown {
  if (error instanceof Error && 'syscall' in error) return noAnswer(command, `cannot be started: ${error.message}`)
  if (!(error instanceof FailureError)) return error
  const { code, message } = error.failure
  return new FailureError(
    {
      code,
      message: `The inventory ${command} did not answer. ${message}`,
      remedy: 'Call it by hand, from this folder, to see how long it takes and how much it prints.',
    },
    error,
  )
}

/** An answer in a form that is none of an inventory. */
export function wrongForm(file: string, what: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `The inventory ${file}: ${what}.`,
    remedy:
      'A script prints JSON: {"GROUP": {"hosts": ["NAME"], "vars": {}, "children": ["GROUP"]}, "_meta": {"hostvars": {"NAME": {}}}}.',
  })
}
