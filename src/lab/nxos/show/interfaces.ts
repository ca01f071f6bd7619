import { after, command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { shortInterface } from '../grammar/interface-name.ts'
import type { SwitchState } from '../state.ts'
import { type InterfaceFacts, interfaceFacts } from './interface-facts.ts'
import { interfaceState } from './interface-state.ts'

export const interfaceCommands: readonly ExecCommand[] = [
  command('show interface [<if:any>]', showInterface),
  command('show interface brief', showBrief),
  command('show interface status', showStatus),
  command('show {ip|ipv6} interface brief [vrf <vrf>]', showAddresses),
]

interface Shown extends InterfaceFacts {
  readonly up: boolean
  readonly reason: string | null
}

function all(state: SwitchState): Shown[] {
  return interfaceFacts(state.running).map(facts => ({ ...facts, ...interfaceState(state, facts) }))
}

function showInterface({ state, words }: ExecRequest): ExecAnswer {
  const wanted = words[2]
  const shown = all(state).filter(each => wanted === undefined || each.name === wanted)
  if (wanted !== undefined && shown.length === 0)
    return { text: "                       ^\nInvalid range at '^' marker.\n" }
  return { text: shown.map(text).join('\n'), data: { TABLE_interface: { ROW_interface: shown.map(row) } } }
}

function text(each: Shown): string {
  const reason = each.up || each.reason === null ? '' : ` (${each.reason})`
  const description = each.description === null ? '' : `  Description: ${each.description}\n`
  const addresses = each.ipv4[0] === undefined ? '' : `  Internet Address is ${each.ipv4[0]}\n`
  return `${each.name} is ${each.up ? 'up' : 'down'}${reason}
admin state is ${each.shutdown ? 'down' : 'up'}${each.kind === 'ethernet' ? ', Dedicated Interface' : ''}
  Hardware: ${hardware(each)}, address: 5254.0014.c104 (bia 5254.0014.c104)
${description}${addresses}  MTU ${each.mtu} bytes, BW 1000000 Kbit , DLY 10 usec
  reliability 255/255, txload 1/255, rxload 1/255
  Encapsulation ARPA, medium is broadcast
${each.routed ? '' : `  Port mode is ${each.mode}\n`}`
}

function hardware(each: Shown): string {
  const names: Record<string, string> = { vlan: 'EtherSVI', loopback: 'Loopback', 'port-channel': 'Port-Channel' }
  return names[each.kind] ?? 'Ethernet'
}

function row(each: Shown): object {
  const [address, length] = (each.ipv4[0] ?? '').split('/')
  const svi = each.kind === 'vlan' ? 'svi_' : ''
  return {
    interface: each.name,
    [`${svi === '' ? '' : 'svi_line_proto'}${svi === '' ? 'state' : ''}`]: each.up ? 'up' : 'down',
    [svi === '' ? 'admin_state' : 'svi_admin_state']: each.shutdown ? 'down' : 'up',
    ...(each.up || each.reason === null || svi !== '' ? {} : { state_rsn_desc: each.reason }),
    ...(each.description === null ? {} : { [svi === '' ? 'desc' : 'svi_desc']: each.description }),
    [svi === '' ? 'eth_hw_addr' : 'svi_mac']: '5254.0014.c104',
    ...(address
      ? {
          [svi === '' ? 'eth_ip_addr' : 'svi_ip_addr']: address,
          [svi === '' ? 'eth_ip_mask' : 'svi_ip_mask']: Number(length),
        }
      : {}),
    [svi === '' ? 'eth_mtu' : 'svi_mtu']: String(each.mtu),
    [svi === '' ? 'eth_bw' : 'svi_bw']: 1000000,
    ...(svi === '' ? { eth_mode: each.mode, eth_duplex: 'full', eth_speed: '1000 Mb/s' } : {}),
  }
}

function showBrief({ state }: ExecRequest): ExecAnswer {
  const shown = all(state)
  const of = (kind: string) => shown.filter(each => each.kind === kind)
  const blocks = [
    table('Port   VRF          Status IP Address                              Speed    MTU', of('mgmt').map(mgmtLine)),
    table(
      'Ethernet      VLAN    Type Mode   Status  Reason                   Speed     Port\nInterface                                                                    Ch #',
      of('ethernet').map(portLine),
    ),
    table(
      'Port-channel VLAN    Type Mode   Status  Reason                    Speed   Protocol\nInterface',
      of('port-channel').map(each => portLine(each).replace(/ (\d+|--)\n$/, '  lacp\n')),
    ),
    table('Interface     Status     Description', of('loopback').map(simpleLine)),
    table('Interface Secondary VLAN(Type)                    Status Reason', of('vlan').map(sviLine)),
  ]
  return {
    text: `\n${blocks.filter(block => block !== '').join('\n')}`,
    data: { TABLE_interface: { ROW_interface: shown.map(briefRow) } },
  }
}

function table(title: string, lines: readonly string[]): string {
  const rule = '-'.repeat(80)
  return lines.length === 0 ? '' : `${rule}\n${title}\n${rule}\n${lines.join('')}`
}

const status = (each: Shown) => (each.up ? 'up' : 'down')

function mgmtLine(each: Shown): string {
  return `mgmt0  --           ${status(each).padEnd(6)} ${(each.ipv4[0]?.split('/')[0] ?? '--').padEnd(39)} 1000     ${each.mtu}\n`
}

function portLine(each: Shown): string {
  const speed = each.up ? '1000(D)' : 'auto(D)'
  return `${shortInterface(each.name).padEnd(13)} ${each.vlan.padEnd(7)} eth  ${each.mode.padEnd(6)} ${status(each).padEnd(7)} ${(each.reason ?? 'none').padEnd(23)} ${speed.padStart(10)} ${each.channel ?? '--'}\n`
}

function simpleLine(each: Shown): string {
  return `${shortInterface(each.name).padEnd(13)} ${status(each).padEnd(10)} ${each.description ?? '--'}\n`
}

function sviLine(each: Shown): string {
  return `${each.name.padEnd(9)} ${'--'.padEnd(39)} ${status(each).padEnd(6)} ${each.reason ?? '--'}\n`
}

function briefRow(each: Shown): object {
  if (each.kind === 'mgmt') {
    return {
      interface: each.name,
      state: status(each),
      ip_addr: each.ipv4[0]?.split('/')[0] ?? '',
      speed: '1000',
      mtu: each.mtu,
    }
  }
  if (each.kind === 'vlan')
    return { interface: each.name, svi_admin_state: each.shutdown ? 'down' : 'up', svi_rsn_desc: each.reason ?? 'none' }
  if (each.kind !== 'ethernet' && each.kind !== 'port-channel') {
    return { interface: each.name, state: status(each), desc: each.description ?? '--' }
  }
  return {
    interface: each.name,
    vlan: each.vlan,
    type: 'eth',
    portmode: each.mode,
    state: status(each),
    state_rsn_desc: each.reason ?? 'none',
    speed: each.up ? '1000' : 'auto',
    ratemode: 'D',
    ...(each.channel === null ? {} : { portchan: each.channel }),
  }
}

function showStatus({ state }: ExecRequest): ExecAnswer {
  const ports = all(state).filter(each => ['ethernet', 'port-channel', 'mgmt'].includes(each.kind))
  const rows = ports.map(each => ({
    interface: each.name,
    ...(each.description === null ? {} : { name: each.description }),
    state: each.up ? 'connected' : each.shutdown ? 'disabled' : 'notconnect',
    vlan: each.mode === 'access' ? each.vlan : each.mode,
    duplex: 'full',
    speed: each.up ? '1000' : 'auto',
    type: '--',
  }))
  const lines = rows.map(
    each =>
      `${shortInterface(each.interface).padEnd(13)} ${(each.name ?? '--').slice(0, 18).padEnd(18)} ${each.state.padEnd(9)} ${each.vlan.padEnd(9)} ${each.duplex.padEnd(7)} ${each.speed.padEnd(7)} --\n`,
  )
  return {
    text: table('Port          Name               Status    Vlan      Duplex  Speed   Type', lines),
    data: { TABLE_interface: { ROW_interface: rows } },
  }
}

function showAddresses({ state, words }: ExecRequest): ExecAnswer {
  const vrf = after(words, 'vrf') ?? 'default'
  const family = words[1] === 'ip' ? 'ipv4' : 'ipv6'
  const shown = all(state).filter(
    each => (vrf === 'all' || each.vrf === vrf) && (each[family].length > 0 || (family === 'ipv4' && each.forward)),
  )
  const rows = shown.map(each => ({
    'intf-name': shortInterface(each.name),
    'vrf-name-out': each.vrf,
    prefix: each[family][0]?.split('/')[0] ?? 'forward-enabled',
    'proto-state': status(each),
    'link-state': status(each),
    'admin-state': each.shutdown ? 'down' : 'up',
  }))
  const lines = rows.map(
    each =>
      `${each['intf-name'].padEnd(20)} ${each.prefix.padEnd(15)} protocol-${each['proto-state']}/link-${each['link-state']}/admin-${each['admin-state']}       \n`,
  )
  const title = `${family === 'ipv4' ? 'IP' : 'IPv6'} Interface Status for VRF "${vrf}"(1)\nInterface            ${family === 'ipv4' ? 'IP' : 'IPv6'} Address      Interface Status\n`
  return { text: title + lines.join(''), data: rows.length === 0 ? {} : { TABLE_intf: { ROW_intf: rows } } }
}
