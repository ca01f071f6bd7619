import type { Config } from '../config/node.ts'
import { printConfig } from '../config/print.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { expandInterfaces } from '../grammar/interface-name.ts'
import type { SwitchState } from '../state.ts'

export const runningCommands: readonly ExecCommand[] = [
  command('show running-config', request => part(request, '', () => true)),
  command('show running-config all', showAll),
  command('show running-config interface [<if:any>]', showInterfaces),
  command('show running-config bgp', request => part(request, ' bgp', isBgp), 'bgp'),
  command('show running-config vrf [<vrf>]', showVrf),
  command('show running-config vlan [<vlans>]', request => part(request, ' vlan', line => /^vlan /.test(line))),
  command('show running-config vpc', request => part(request, ' vpc', line => /^(feature vpc|vpc )/.test(line)), 'vpc'),
  command('show running-config ntp', request => part(request, ' ntp', line => /^ntp /.test(line))),
  command('show running-config snmp', request => part(request, ' snmp', line => /^snmp-server /.test(line))),
  command('show running-config rpm', request => part(request, ' rpm', isPolicy)),
  command('show running-config nv overlay', request => part(request, ' nv overlay', isOverlay), 'nv overlay'),
  command('show running-config {route-map|prefix-list|aaa|security|copp|diff} [<text>]', showOther),
  command('show startup-config', showStartup),
]

/** The lines that a switch adds to its configuration when it is told to be large. */
export function extraLines(state: SwitchState): string {
  const count = state.faults.extraLines ?? 0
  if (count === 0) return ''
  const entry = (index: number) => `  ${(index + 1) * 10} permit ip 10.${(index >> 8) & 255}.${index & 255}.0/24 any`
  return `\nip access-list LAB-EXTRA\n${Array.from({ length: count - 1 }, (_, index) => entry(index)).join('\n')}\n`
}

function part({ state }: ExecRequest, section: string, wanted: (line: string) => boolean): ExecAnswer {
  const whole = section === ''
  const shown = whole ? state.running : state.running.filter(node => /^version /.test(node.line) || wanted(node.line))
  const extra = whole ? extraLines(state) : ''
  return { text: `${header(state, `running-config${section}`)}${body(state, shown)}\n${extra}` }
}

/** Clients ask here whether a port is layer 2 by default: on a Nexus 9000 it is, and up. Other defaults are left out. */
function showAll(request: ExecRequest): ExecAnswer {
  const { text } = part(request, '', () => true)
  const said = (line: string) => request.state.running.some(node => node.key === line || node.line === `no ${line}`)
  const defaults = ['system default switchport', 'system default switchport shutdown']
    .filter(line => !said(line))
    .map(line => (line.endsWith('shutdown') ? `no ${line}\n` : `${line}\n`))
  return { text: text.replace('show running-config', 'show running-config all') + defaults.join('') }
}

function showInterfaces(request: ExecRequest): ExecAnswer {
  const name = request.words[3]
  if (name === undefined) return part(request, ' interface', line => line.startsWith('interface '))
  const names = new Set(expandInterfaces(name).map(each => `interface ${each}`))
  if (!request.state.running.some(node => names.has(node.line))) {
    return { text: "                                  ^\nInvalid range at '^' marker.\n" }
  }
  return part(request, ` interface ${name}`, line => names.has(line))
}

function showVrf(request: ExecRequest): ExecAnswer {
  const name = request.words[3]
  if (name === undefined) return part(request, ' vrf', line => line.startsWith('vrf context '))
  return part(request, ` vrf ${name}`, line => line === `vrf context ${name}`)
}

function showOther(request: ExecRequest): ExecAnswer {
  const [, , section = '', name] = request.words
  const wanted: Record<string, RegExp> = {
    'route-map': /^route-map /,
    'prefix-list': /^ip(v6)? prefix-list /,
    aaa: /^aaa /,
    security: /^(username|ssh) /,
    copp: /^copp /,
  }
  const expression = wanted[section] ?? /^$/
  return part(
    request,
    ` ${section}`,
    line => expression.test(line) && (name === undefined || line.split(' ').includes(name)),
  )
}

function showStartup({ state }: ExecRequest): ExecAnswer {
  const time = `!Time: ${clock(new Date())}\n!Startup config saved at: ${clock(state.booted)}\n`
  return { text: `\n!Command: show startup-config\n${time}\n${body(state, state.startup)}\n` }
}

/** The header differs at every call, as on a real switch. */
function header(state: SwitchState, section: string): string {
  const done = state.configuredAt
    ? `!Running configuration last done at: ${clock(state.configuredAt)}`
    : '!No configuration change since last restart'
  return `\n!Command: show ${section}\n${done}\n!Time: ${clock(new Date())}\n\n`
}

function body(state: SwitchState, config: Config): string {
  const version = config.some(node => node.line.startsWith('version '))
    ? ''
    : `version ${state.version} Bios:version  \n`
  return `${version}${printConfig(config).replace(/^\n/, '')}\n`
}

/** 'Wed May 26 12:04:06 2021' */
function clock(at: Date): string {
  const [weekday, date, month, year, time] = at.toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${date?.replace(/^0/, ' ')} ${time} ${year}`
}

function isBgp(line: string): boolean {
  return /^(feature bgp|router bgp |evpn$|vrf context )/.test(line)
}

function isPolicy(line: string): boolean {
  return /^(route-map |ip(v6)? prefix-list |ip (community|extcommunity)-list |ip as-path )/.test(line)
}

function isOverlay(line: string): boolean {
  return /^(feature nv overlay|nv overlay|interface nve)/.test(line)
}
