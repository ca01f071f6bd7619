import { faultText } from '../faults.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from './command.ts'

/** Commands that look at nothing: saving, the terminal, leaving. */
export const systemCommands: readonly ExecCommand[] = [
  command('copy running-config startup-config', copy),
  command('write erase [boot|debug]', erase),
  command('terminal length <0-511>', ({ terminal, words }) => {
    terminal.length = Number(words[2])
    return { text: '' }
  }),
  command('terminal width <24-511>', ({ terminal, words }) => {
    terminal.width = Number(words[2])
    return { text: '' }
  }),
  command('terminal session-timeout <0-525600>', () => ({ text: '' })),
  command('terminal monitor', () => ({ text: '' })),
  command('terminal no monitor', () => ({ text: '' })),
  command('terminal dont-ask', () => ({ text: '' })),
  command('terminal type <word>', () => ({ text: '' })),
  command('terminal color', () => ({ text: '' })),
  command('enable [<0-15>]', () => ({ text: '' })),
  command('clear line <word>', () => ({ text: '' })),
  command('clear {counters|logging logfile} [<text>]', () => ({ text: '' })),
  command('clear {ip|ipv6} bgp <text>', () => ({ text: '' }), 'bgp'),
  command('clear bgp <text>', () => ({ text: '' }), 'bgp'),
  command('reload', reload),
  command('exit', () => ({ text: '', leave: true })),
  command('quit', () => ({ text: '', leave: true })),
  command('logout', () => ({ text: '', leave: true })),
]

function copy({ state }: ExecRequest): ExecAnswer {
  const fault = state.faults.copyFails
  if (fault)
    return {
      text: `${faultText(fault, '[###                                     ]   5%\nConfiguration update aborted: request was aborted')}\n`,
    }
  const effect = () => {
    state.startup = state.running
    state.note('copy running-config startup-config')
  }
  const ms = state.faults.saveMs
  if (ms === undefined) effect()
  return {
    text: `[########################################] 100%\nCopy complete, now saving to disk (please wait)...\nCopy complete.\n`,
    ...(ms === undefined ? {} : { takes: { ms, effect } }),
  }
}

function erase({ state }: ExecRequest): ExecAnswer {
  const ask = (reply: string): ExecAnswer => {
    if (/^y/i.test(reply)) state.startup = []
    return { text: '' }
  }
  return {
    text: 'Warning: This command will erase the startup-configuration.\nDo you wish to proceed anyway? (y/n)  [n] ',
    ask,
  }
}

function reload({ state }: ExecRequest): ExecAnswer {
  const unsaved = state.running === state.startup ? '' : '!!!WARNING! there is unsaved configuration!!!\n'
  return { text: `${unsaved}This command will reboot the system. (y/n)?  [n] `, ask: () => ({ text: '' }) }
}
