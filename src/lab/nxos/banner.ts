import { type Config, changeAt } from './config/node.ts'
import type { ExecAnswer } from './exec/command.ts'
import { modeNamed } from './grammar/modes.ts'
import { type SwitchState, setRunning } from './state.ts'

/** A banner that goes on in the next lines: what to ask for, until its delimiter comes. null = not such a line. */
export function startBanner(state: SwitchState, line: string): ExecAnswer | null {
  const found = /^banner (motd|exec) (\S)(.*)$/.exec(line)
  const [, kind = '', delimiter = '', rest = ''] = found ?? []
  if (!found || rest.includes(delimiter)) return null
  return collect({ state, kind, delimiter, lines: [rest] })
}

/** The text of `banner motd`, as the login shows it; empty without one. */
export function bannerText(config: Config): string {
  const node = config.find(candidate => candidate.key === 'banner motd')
  if (!node) return ''
  const [, delimiter = '', rest = ''] = /^banner motd (\S)(.*)$/.exec(node.line) ?? []
  const lines = [rest, ...node.children.map(child => child.line)].join('\n')
  return `${lines.split(delimiter)[0]}`
}

interface Collecting {
  readonly state: SwitchState
  readonly kind: string
  readonly delimiter: string
  readonly lines: readonly string[]
}

function collect(banner: Collecting): ExecAnswer {
  const title = banner.lines.length === 1 ? `Enter TEXT message.  End with the character '${banner.delimiter}'.\n` : ''
  const ask = (typed: string): ExecAnswer => {
    const lines = [...banner.lines, typed]
    if (!typed.includes(banner.delimiter)) return collect({ ...banner, lines })
    keep({ ...banner, lines })
    return { text: '' }
  }
  return { text: `${title}> `, ask }
}

function keep({ state, kind, delimiter, lines }: Collecting): void {
  const key = `banner ${kind}`
  const rank = modeNamed('config').rules.find(rule => rule.line.startsWith(key))?.rank ?? 0
  const children = lines.slice(1).map(line => ({ line, key: line, rank: 0, children: [] }))
  const node = { line: `${key} ${delimiter}${lines[0]}`, key, rank, children }
  const place = (all: Config) => {
    const others = all.filter(each => each.key !== key)
    const later = others.findIndex(each => each.rank > rank)
    return others.toSpliced(later < 0 ? others.length : later, 0, node)
  }
  setRunning(state, changeAt(state.running, [], place))
}
