import type { RunEvent } from '../model/event.ts'
import { textDiffLines } from './change-lines.ts'
import { endLines } from './end-lines.ts'
import type { Reporter, ReportOptions } from './reporter.ts'
import { isWorthShowing, type ResultOptions, resultLines } from './result-lines.ts'
import { createStyle, type Style } from './style.ts'
import { addToTally, createTally } from './tally.ts'
import { type Generation, startGeneration } from './tree-generation.ts'
import { seen } from './visible-event.ts'

/**
 * The live report for a terminal, drawn by listr2: play → task → host. Tasks that overlap (a pass goes host by host)
 * are drawn together as one generation; when all of them are done it scrolls away and what they have to say
 * (diffs, messages, failures) is printed below it.
 */
export function treeReport(options: ReportOptions): Reporter {
  const style = createStyle(options.colour)
  const tally = createTally()
  const canvas = createCanvas(options.write)
  let queue: Promise<void> = Promise.resolve()

  const handle = async (event: RunEvent) => {
    addToTally(tally, event)
    const plan = tally.mode === 'plan'
    if (event.event === 'play-started') await canvas.print(['', playHead(event.play, event.hosts.length, style)])
    else if (event.event === 'task-started') await canvas.task(event, { plan })
    else if (event.event === 'host-progress') canvas.drawn()?.progress(event)
    else if (event.event === 'host-result') {
      canvas.drawn()?.result(event)
      canvas.say(await whatItSays(event, { style, plan, diff: options.diff, verbosity: options.verbosity }))
    } else if (event.event === 'warning') {
      canvas.say([style('yellow', `warning: ${event.host ? `${event.host}: ` : ''}${event.text}`)])
    } else if (event.event === 'run-finished') await canvas.print(endLines(event, tally, style))
  }

  return seen({
    emit: event => {
      queue = queue.then(() => handle(event))
    },
    end: async () => {
      await queue
      await canvas.print([])
    },
    notice: text => {
      canvas.drawn()?.notice(text)
      return canvas.drawn() !== null
    },
  })
}

/** What is being drawn, and the lines that wait until it has scrolled away. */
function createCanvas(write: (text: string) => void) {
  let generation: Generation | null = null
  const said: string[] = []
  const print = async (lines: readonly string[]) => {
    await generation?.end()
    generation = null
    for (const line of [...said.splice(0), ...lines]) write(`${line}\n`)
  }
  return {
    print,
    drawn: () => generation,
    say: (lines: readonly string[]) => void said.push(...lines),
    task: async (event: Extract<RunEvent, { event: 'task-started' }>, { plan }: { plan: boolean }) => {
      if (!generation?.busy()) await print([])
      generation ??= await startGeneration({ plan })
      generation.task(event)
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
