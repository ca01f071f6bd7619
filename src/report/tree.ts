import type { RunEvent } from '../model/event.ts'
import { textDiffLines } from './change-lines.ts'
import { endLines } from './end-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { isWorthShowing, type ResultOptions, resultLines } from './result-lines.ts'
import { createStyle, type Style } from './style.ts'
import { addToTally, createTally } from './tally.ts'
import { type Generation, startGeneration } from './tree-generation.ts'

/**
 * The live report for a terminal, drawn by listr2: play → task → host. Tasks that overlap (a pass goes host by host)
 * are drawn together as one generation; when all of them are done it scrolls away and what they have to say
 * (diffs, messages, failures) is printed below it.
 */
export function treeReport(options: ReportOptions): Reporter {
  const style = createStyle(options.colour)
  const tally = createTally()
  let generation: Generation | null = null
  let queue: Promise<void> = Promise.resolve()
  const said: string[] = []

  const close = async () => {
    await generation?.end()
    generation = null
    for (const line of said.splice(0)) options.write(`${line}\n`)
  }

  const handle = async (event: RunEvent) => {
    addToTally(tally, event)
    const plan = tally.mode === 'plan'
    switch (event.event) {
      case 'play-started':
        await close()
        options.write(`\n${playHead(event.play, event.hosts.length, style)}\n`)
        break
      case 'task-started':
        if (!generation?.busy()) await close()
        generation ??= await startGeneration({ plan })
        generation.task(event)
        break
      case 'host-progress':
        generation?.progress(event)
        break
      case 'host-result':
        generation?.result(event)
        said.push(...(await whatItSays(event, { style, plan, diff: options.diff, verbosity: options.verbosity })))
        break
      case 'warning':
        said.push(style('yellow', `warning: ${event.host ? `${event.host}: ` : ''}${event.text}`))
        break
      case 'run-finished':
        await close()
        for (const line of endLines(event, tally, style)) options.write(`${line}\n`)
    }
  }

  return {
    emit: event => {
      queue = queue.then(() => handle(event))
    },
    end: async () => {
      await queue
      await close()
    },
  }
}

function playHead(play: string, hosts: number, style: Style): string {
  return `${style(['bold', 'cyan'], 'PLAY')} ${style('bold', play)}  ${style('dim', hosts === 1 ? '1 host' : `${hosts} hosts`)}`
}

/** The lines below the tree: nothing for what is in sync or already said by the tree, so that a long run stays readable. */
async function whatItSays(
  event: Extract<RunEvent, { event: 'host-result' }>,
  options: ResultOptions,
): Promise<string[]> {
  const texts = options.plan || options.diff ? (event.diff ?? []) : []
  const lines = resultLines(event, options)
  if (
    !isWorthShowing(event, options.verbosity) ||
    (lines.length === 1 && texts.length === 0 && options.verbosity === 0)
  )
    return []
  const diffs = await Promise.all(
    texts.map(({ before, after, header }) => textDiffLines(before, after, header ?? event.task, options.style)),
  )
  return [...lines, ...diffs.flat().map(line => `    ${line}`)]
}
