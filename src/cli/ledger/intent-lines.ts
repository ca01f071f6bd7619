import type { IntentState, PastIntent, PastRun } from '../../journal/ledger.ts'
import type { Style } from '../../report/style.ts'
import { resultOf } from './result.ts'

const COLOURS = {
  open: 'red',
  applied: 'green',
  failed: 'red',
  undone: 'cyan',
  unknown: 'red',
  unsent: 'dim',
  shut: 'dim',
} as const satisfies Record<IntentState, string>

/** What was meant to be changed, by target, and what became of it. */
export function intentLines(run: PastRun, intents: readonly PastIntent[], style: Style): string[] {
  if (intents.length === 0) return []
  const targets = Map.groupBy(intents, ({ target }) => target)
  return [
    '',
    style('bold', 'What was to be changed, and what became of it'),
    ...[...targets].flatMap(([target, those]) => [
      `${[...new Set(those.map(({ host }) => host))].join(', ')}  ${style('dim', target)}`,
      ...those.flatMap(intent => intentText(run, intent, style)),
    ]),
  ]
}

function intentText(run: PastRun, { title, differences, state, failure }: PastIntent, style: Style): string[] {
  const size =
    differences.length === 0
      ? ''
      : style('dim', `  ${differences.length === 1 ? '1 resource' : `${differences.length} resources`}`)
  const word = state === 'open' ? openWord(run) : state
  const why = failure && state !== 'failed' ? [`      ${failure.message}`] : []
  return [`  ${style(COLOURS[state], word.padEnd(9))} ${title}${size}`, ...why]
}

function openWord(run: PastRun): string {
  return resultOf(run) === 'running' ? 'under way' : 'UNKNOWN: it was begun, and nothing more is recorded:'
}
