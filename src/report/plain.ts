import type { RunEvent } from '../model/event.ts'
import { textDiffLines } from './change-lines.ts'
import { endLines } from './end-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { isWorthShowing, resultLines } from './result-lines.ts'
import { createStyle } from './style.ts'
import { addToTally, createTally } from './tally.ts'
import { seen } from './visible-event.ts'

type HostResult = Extract<RunEvent, { event: 'host-result' }>

/** A line of progress is printed when nothing else was for so long: a log must show that a long run lives. */
const silenceMilliseconds = 10_000

/** Plain lines in the order of events, each standing by itself: for pipes, logs and --output plain. */
export function plainReport(options: ReportOptions): Reporter {
  const style = createStyle(options.colour)
  const tally = createTally()
  let lastTime = Date.now()
  let quiet = 0
  const line = (text: string) => {
    lastTime = Date.now()
    options.write(`${text}\n`)
  }

  const result = (event: HostResult): Promise<void> | undefined => {
    if (!isWorthShowing(event, options.verbosity)) {
      quiet += 1
      if (Date.now() - lastTime > silenceMilliseconds)
        line(style('dim', `… ${quiet} results in sync, now ${event.host}`))
      return undefined
    }
    const plan = tally.mode === 'plan'
    for (const text of resultLines(event, { style, plan, diff: options.diff, verbosity: options.verbosity })) line(text)
    return event.diff?.length && (plan || options.diff) ? diffs(event, event.diff) : undefined
  }

  const diffs = async ({ task }: { task: string }, entries: NonNullable<HostResult['diff']>) => {
    for (const { before, after, header } of entries) {
      for (const text of await textDiffLines(before, after, header ?? task, style)) line(`    ${text}`)
    }
  }

  const handle = (event: RunEvent): Promise<void> | undefined => {
    addToTally(tally, event)
    if (event.event === 'play-started') {
      line(
        `\n${style(['bold', 'cyan'], 'PLAY')} ${style('bold', event.play)}  ${style('dim', hostCount(event.hosts.length))}`,
      )
    } else if (event.event === 'host-result') return result(event)
    else if (event.event === 'warning')
      line(style('yellow', `warning: ${event.host ? `${event.host}: ` : ''}${event.text}`))
    else if (event.event === 'host-progress' && options.verbosity > 1)
      line(style('dim', `… ${event.host}: ${event.step} ${event.text}`))
    else if (event.event === 'run-finished') for (const text of endLines(event, tally, style)) line(text)
    return undefined
  }

  return seen(inOrder(handle))
}

/** Diffs of files load jsdiff, which takes a while: what follows waits, and so events keep their order. */
function inOrder(handle: (event: RunEvent) => Promise<void> | undefined): Reporter {
  let pending: Promise<void> | null = null
  return {
    emit: event => {
      const rest = pending ? pending.then(() => handle(event)) : handle(event)
      if (!rest) return
      const mine = rest.then(() => {
        if (pending === mine) pending = null
      })
      pending = mine
    },
    end: async () => {
      await pending
    },
  }
}

function hostCount(number: number): string {
  return number === 1 ? '1 host' : `${number} hosts`
}
