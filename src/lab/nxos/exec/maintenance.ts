import { type Config, changeAt, dropNode, putNode } from '../config/node.ts'
import { modeNamed } from '../grammar/modes.ts'
import { type SwitchState, setRunning } from '../state.ts'
import { command, type ExecAnswer, type ExecCommand } from './command.ts'

/** Graceful insertion and removal: `isolate` within BGP, and a prompt that says so. */
export const maintenanceCommands: readonly ExecCommand[] = [
  command('system mode maintenance [dont-generate-profile]', ({ state }) => question(state, true)),
  command('no system mode maintenance [dont-generate-profile]', ({ state }) => question(state, false)),
  command('show system mode', ({ state }) => {
    const mode = isMaintained(state) ? 'Maintenance' : 'Normal'
    return { text: `System Mode: ${mode}\n`, data: { system_mode: mode } }
  }),
]

/** Whether the switch is in maintenance mode. */
export function isMaintained(state: SwitchState): boolean {
  return bgpOf(state.running)?.children.some(node => node.line === 'isolate') ?? false
}

function question(state: SwitchState, isolate: boolean): ExecAnswer {
  const bgp = bgpOf(state.running)
  if (!bgp || isMaintained(state) === isolate)
    return { text: `System is already in ${isolate ? 'maintenance' : 'normal'} mode\n` }
  const line = isolate ? '  isolate' : '  no isolate'
  const ask = (reply: string): ExecAnswer => {
    if (!/^y/i.test(reply)) return { text: '' }
    setRunning(
      state,
      changeAt(state.running, [bgp.key], children => change(children, isolate)),
    )
    state.note(isolate ? 'maintenance mode' : 'normal mode')
    const snapshot = isolate ? 'Generating before_maintenance snapshot before going into maintenance mode\n\n' : ''
    const done = isolate ? 'Maintenance mode operation successful.' : 'The current mode is normal.'
    return {
      text: `\n${snapshot}Starting to apply commands...\n\nApplying : ${bgp.line}\nApplying : ${line}\n\n${done}\n`,
    }
  }
  const text = `\nFollowing configuration will be applied:\n\n${bgp.line}\n${line}\n\nDo you want to continue (yes/no)? [no] `
  return { text, ask }
}

function change(children: Config, isolate: boolean): Config {
  if (!isolate) return dropNode(children, 'isolate')
  const rank = modeNamed('router-bgp').rules.find(rule => rule.line === 'isolate')?.rank ?? 0
  return putNode(children, { key: 'isolate', line: 'isolate', rank })
}

function bgpOf(config: Config) {
  return config.find(node => node.line.startsWith('router bgp '))
}
