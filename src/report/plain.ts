import type { RunEvent } from '../model/event.ts'
import { textDiffLines } from './change-lines.ts'
import { endLines } from './end-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { isWorthShowing, resultLines } from './result-lines.ts'
import { createStyle } from './style.ts'
import { addToTally, createTally } from './tally.ts'

/** A line of progress is printed when nothing else was for so long: a log must show that a long run lives. */
const silenceMilliseconds = 10_000

/** Plain lines in the order of events, each standing by itself: for pipes, logs and --output plain. */
export function plainReport(options: ReportOptions): Reporter {
  const style = createStyle(options.colour)
  const tally = createTally()
  let lastTime = Date.now()
  let quiet = 0
  let queue: Promise<void> = Promise.resolve()
  const line = (text: string) => {
    lastTime = Date.now()
    options.write(`${text}\n`)
  }

  const result = async (event: Extract<RunEvent, { event: 'host-result' }>) => {
    if (!isWorthShowing(event, options.verbosity)) {
      quiet += 1
      if (Date.now() - lastTime > silenceMilliseconds)
        line(style('dim', `… ${quiet} results in sync, now ${event.host}`))
      return
    }
    const plan = tally.mode === 'plan'
    for (const text of resultLines(event, { style, plan, diff: options.diff, verbosity: options.verbosity })) line(text)
    if (!plan && !options.diff) return
    for (const { before, after, header } of event.diff ?? []) {
      for (const text of await textDiffLines(before, after, header ?? event.task, style)) line(`    ${text}`)
    }
  }

  const handle = async (event: RunEvent) => {
    addToTally(tally, event)
    if (event.event === 'play-started') {
      line(
        `\n${style(['bold', 'cyan'], 'PLAY')} ${style('bold', event.play)}  ${style('dim', hostCount(event.hosts.length))}`,
      )
    } else if (event.event === 'host-result') await result(event)
    else if (event.event === 'warning')
      line(style('yellow', `warning: ${event.host ? `${event.host}: ` : ''}${event.text}`))
    else if (event.event === 'host-progress' && options.verbosity > 1)
      line(style('dim', `… ${event.host}: ${event.step} ${event.text}`))
    else if (event.event === 'run-finished') for (const text of endLines(event, tally, style)) line(text)
  }

  return {
    // Diffs of files load jsdiff asynchronously; the queue keeps the order of events.
    emit: event => {
      queue = queue.then(() => handle(event))
    },
    end: () => queue,
  }
}

function hostCount(number: number): string {
  return number === 1 ? '1 host' : `${number} hosts`
}
