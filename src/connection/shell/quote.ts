import { FailureError } from '../../model/failure.ts'

/** A word that a POSIX shell takes as it is. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** Linux takes no single argument that is longer, and the whole line is one argument of the login shell. */
const LONGEST = 120_000

/**
 * A script for /bin/sh with its parameters ($1 …), as one line of the login shell.
 * @throws FailureError invalid where it is too long to be sent
 */
export function scriptLine(script: string, parameters: readonly string[]): string {
  const line = ['exec /bin/sh -c', ...[script, 'weft', ...parameters].map(quoted)].join(' ')
  if (line.includes('\0')) throw new FailureError({ code: 'invalid', message: 'A command holds a NUL character.' })
  if (Buffer.byteLength(line) <= LONGEST) return line
  throw new FailureError({
    code: 'invalid',
    message: `A command of ${Buffer.byteLength(line)} bytes is too long to be sent over SSH.`,
    remedy: 'Copy it as a script and run that, or hand its text over as stdin.',
  })
}

/** A path that no program takes for an option. */
export function asPath(path: string): string {
  return path.startsWith('/') ? path : `./${path}`
}
