import { FailureError } from '../../model/failure.ts'

/**
 * Permission bits of a `mode` argument: octal ('0644', '644'), `preserve` (the source's), or symbolic as chmod(1) has it
 * (u=rw,g+r,o-rwx,a+X, with s and t). null where nothing is wanted.
 * @param current what symbolic forms start from; null = a new file
 * @throws FailureError invalid: a mode that cannot be read is no mode, least of all 0000
 */
export function modeOf(
  mode: string | undefined,
  { current, source }: { current: number | null; source: number | null },
): number | null {
  if (mode === undefined) return null
  if (mode === 'preserve') return source
  if (/^0?o?[0-7]{3,4}$/.test(mode)) return Number.parseInt(mode.replace('o', ''), 8)
  return mode.split(',').reduce((bits, clause) => withClause(bits, clause, mode), current ?? NEW_FILE)
}

const NEW_FILE = 0o644
const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 }
const LETTERS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 }

function withClause(before: number, clause: string, whole: string): number {
  const [, who, actions] = /^([ugoa]*)((?:[=+-](?:[rwxXst]*|[ugo]))+)$/.exec(clause) ?? []
  if (who === undefined || actions === undefined) throw unreadable(whole)
  const whom = who === '' || who.includes('a') ? 'ugo' : who
  let bits = before
  for (const [, sign = '=', what = ''] of actions.matchAll(/([=+-])([ugo]|[rwxXst]*)/g))
    bits = withAction(bits, { whom, sign, what })
  return bits
}

function withAction(bits: number, { whom, sign, what }: { whom: string; sign: string; what: string }): number {
  const value = bitsOf(what, bits)
  const mask = [...whom].reduce((all, letter) => all | (value << (SHIFTS[letter] ?? 0)), specialOf(what, whom))
  if (sign === '+') return bits | mask
  if (sign === '-') return bits & ~mask
  const cleared = [...whom].reduce((all, letter) => all | (7 << (SHIFTS[letter] ?? 0)), specialOf('st', whom))
  return (bits & ~cleared) | mask
}

/** One triple: letters, or a copy of another's; X is x where anybody has it. */
function bitsOf(what: string, bits: number): number {
  const from = SHIFTS[what]
  if (from !== undefined) return (bits >> from) & 7
  const anybody = (bits & 0o111) !== 0
  return [...what].reduce((sum, letter) => sum | (letter === 'X' ? (anybody ? 1 : 0) : (LETTERS[letter] ?? 0)), 0)
}

function specialOf(what: string, whom: string): number {
  const sets = what.includes('s') ? (whom.includes('u') ? 0o4000 : 0) | (whom.includes('g') ? 0o2000 : 0) : 0
  return sets | (what.includes('t') && whom === 'ugo' ? 0o1000 : 0)
}

function unreadable(mode: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `mode '${mode}' is neither octal nor symbolic.`,
    remedy: "Write it in quotes: '0644', or u=rw,g=r,o=r.",
  })
}
