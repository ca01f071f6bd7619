import type { RunEvent } from '../model/event.ts'
import { textDiffLines } from './change-lines.ts'
import { endLines } from './end-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { resultLines } from './result-lines.ts'
import { createStyle } from './style.ts'
import { addToTally, createTally } from './tally.ts'

/**
 * Plain lines in the order of events: for pipes, logs and --output plain. In a pass, hosts go through several tasks
 * each by itself, so a task's head is printed again when the task of the line changes.
 */
export function plainReport(options: ReportOptions): Reporter {
  const style = createStyle(options.colour)
  const tally = createTally()
  const line = (text: string) => options.write(`${text}\n`)
  let head = ''
  let queue: Promise<void> = Promise.resolve()

  const result = async (event: Extract<RunEvent, { event: 'host-result' }>) => {
    const quiet = event.status === 'ok' || event.status === 'skipped'
    const speaks = /(^|\.)debug$/.test(event.action) && event.status === 'ok'
    if (quiet && !speaks && options.verbosity === 0) return
    if (head !== event.id) {
      line(`${style('bold', 'TASK')} ${event.task}  ${style('dim', `${event.at.file}:${event.at.line}`)}`)
      head = event.id
    }
    const plan = tally.mode === 'plan'
    for (const text of resultLines(event, { style, plan, diff: options.diff, verbosity: options.verbosity })) line(text)
    if (!plan && !options.diff) return
    for (const { before, after, header } of event.diff ?? []) {
      for (const text of await textDiffLines(before, after, header ?? event.task, style)) line(`      ${text}`)
    }
  }

  const handle = async (event: RunEvent) => {
    addToTally(tally, event)
    if (event.event === 'play-started') {
      line(
        `\n${style(['bold', 'cyan'], 'PLAY')} ${style('bold', event.play)}  ${style('dim', hostCount(event.hosts.length))}`,
      )
      head = ''
    } else if (event.event === 'host-result') await result(event)
    else if (event.event === 'warning')
      line(style('yellow', `warning: ${event.host ? `${event.host}: ` : ''}${event.text}`))
    else if (event.event === 'host-progress' && options.verbosity > 1)
      line(style('dim', `  … ${event.host}: ${event.text}`))
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
