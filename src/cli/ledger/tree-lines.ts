import type { RunEvent } from '../../model/event.ts'
import { STATUS_COLOURS } from '../../report/status-colours.ts'
import type { Style } from '../../report/style.ts'
import { secondsText } from './when.ts'

type Result = Extract<RunEvent, { event: 'host-result' }>

interface PlayPart {
  readonly name: string
  readonly hosts: number
  readonly began: string
  ended: string
  readonly tasks: Map<string, Result[]>
}

/** Plays and their tasks with what became of them on how many hosts and how long the slowest took; a task that was skipped everywhere is left out. */
export function treeLines(events: readonly RunEvent[], style: Style): string[] {
  return playsOf(events).flatMap(play => {
    const tasks = [...play.tasks.values()].filter(results => results.some(({ status }) => status !== 'skipped'))
    const took = secondsText((Date.parse(play.ended) - Date.parse(play.began)) / 1000)
    const width = Math.min(60, Math.max(0, ...tasks.map(([first]) => first?.task.length ?? 0)))
    return [
      `${style('bold', play.name)}  ${style('dim', `${play.hosts} ${play.hosts === 1 ? 'host' : 'hosts'}, ${took}`)}`,
      ...tasks.map((results, at) => taskLine(results, { style, width, isLast: at === tasks.length - 1 })),
    ]
  })
}

function taskLine(
  results: readonly Result[],
  { style, width, isLast }: { style: Style; width: number; isLast: boolean },
): string {
  const [first] = results as [Result]
  const counts = Map.groupBy(results, ({ status }) => status)
  const states = [...counts].map(([status, those]) =>
    style(
      STATUS_COLOURS[status],
      results.length === those.length && those.length === 1 ? status : `${those.length} ${status}`,
    ),
  )
  const seconds = Math.max(...results.map(each => each.seconds))
  const place = style('dim', `${first.at.file}:${first.at.line}`)
  const took = seconds < 0.05 ? '' : `  ${style('dim', secondsText(seconds))}`
  return `${style('dim', isLast ? '└─' : '├─')} ${first.task.padEnd(width)}  ${states.join(', ')}${took}  ${place}`
}

function playsOf(events: readonly RunEvent[]): PlayPart[] {
  const plays: PlayPart[] = []
  for (const event of events) {
    const play = plays.at(-1)
    if (play && (event.event === 'host-result' || event.event === 'run-finished')) play.ended = event.time
    if (event.event === 'play-started')
      plays.push({
        name: event.play,
        hosts: event.hosts.length,
        began: event.time,
        ended: event.time,
        tasks: new Map(),
      })
    if (!play || event.event !== 'host-result') continue
    const key = `${event.at.file}:${event.at.line} ${event.task}`
    const known = play.tasks.get(key)
    if (known) known.push(event)
    else play.tasks.set(key, [event])
  }
  return plays
}
