import type { PastRun } from '../../journal/ledger.ts'
import type { Style } from '../../report/style.ts'
import { colourOf, resultOf } from './result.ts'
import { clockText, secondsText } from './when.ts'

/** Who, when, why, and from which state of the repository. */
export function headLines(run: PastRun, style: Style): string[] {
  const { id, mode, who, reason, commit, version, seconds, plan, process, playbooks, time } = run
  const result = resultOf(run)
  const took = seconds === null ? '' : ` after ${secondsText(seconds)}`
  const facts: readonly (readonly [string, string])[] = [
    ['who', who],
    ...(reason === undefined ? [] : [['why', reason] as const]),
    ['when', clockText(time)],
    ['what', playbooks.join(' ')],
    [
      'commit',
      commit ? `${commit.id.slice(0, 12)}${commit.dirty ? ', with changes beside it' : ''}` : 'none: not from git',
    ],
    ...(plan === undefined ? [] : [['plan', `${plan.slice(0, 12)}, as it was saved`] as const]),
    ['weft', `${version}, process ${process.pid} on ${process.host}`],
  ]
  return [
    `${style('bold', `${mode} ${id}`)}: ${style([colourOf[result], 'bold'], result)}${took}`,
    ...facts.map(([name, value]) => `  ${style('dim', name.padEnd(8))}${value}`),
  ]
}
