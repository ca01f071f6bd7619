import { vlansOf } from '../config/global-effects.ts'
import { childrenAt } from '../config/node.ts'
import { joinVlans } from '../config/vlan-list.ts'
import type { VpcState } from '../control-plane.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import type { SwitchState } from '../state.ts'

export const vpcCommands: readonly ExecCommand[] = [
  command('show vpc [brief]', showVpc, 'vpc'),
  command('show vpc role', showRole, 'vpc'),
]

interface Vpc {
  readonly domain: string | null
  readonly state: VpcState
  readonly settings: readonly string[]
  readonly peerLink: string | null
  readonly members: readonly { readonly id: number; readonly port: string; readonly up: boolean }[]
}

function read(state: SwitchState): Vpc {
  const domain =
    state.running.find(node => node.line.startsWith('vpc domain '))?.line.slice('vpc domain '.length) ?? null
  const channels = state.running.filter(node => node.line.startsWith('interface port-channel'))
  const port = (line: string) => `Po${line.slice('interface port-channel'.length)}`
  const link = channels.find(node => node.children.some(child => child.line === 'vpc peer-link'))
  const unset: VpcState = { peer: 'peer-not-configured', keepalive: 'disabled', role: 'none-established' }
  const well: VpcState = { peer: 'peer-ok', keepalive: 'peer-alive', role: 'primary' }
  const known = domain === null ? unset : (state.control.vpc() ?? well)
  const members = channels.flatMap(node => {
    const id = Number(
      node.children.map(child => /^vpc (\d+)$/.exec(child.line)?.[1]).find(found => found !== undefined),
    )
    return Number.isNaN(id) ? [] : [{ id, port: port(node.line), up: !known.down?.includes(id) }]
  })
  const settings = domain === null ? [] : childrenAt(state.running, [`vpc domain ${domain}`]).map(node => node.line)
  return { domain, state: known, settings, peerLink: link ? port(link.line) : null, members }
}

function showVpc({ state }: ExecRequest): ExecAnswer {
  const vpc = read(state)
  return { text: text(vpc, joinVlans(vlansOf(state.running))), data: data(vpc, joinVlans(vlansOf(state.running))) }
}

const peerText: Record<VpcState['peer'], string> = {
  'peer-ok': 'peer adjacency formed ok',
  'peer-link-down': 'peer link is down',
  'peer-not-configured': 'peer not configured',
}
const keepaliveText: Record<VpcState['keepalive'], string> = {
  'peer-alive': 'peer is alive',
  'peer-not-reachable-through-keepalive': 'peer is not reachable through peer-keepalive',
  disabled: 'Disabled',
}

/** What stands above the tables, name by name. */
function facts(vpc: Vpc): [string, string][] {
  const on = (line: string) => (vpc.settings.some(each => each.startsWith(line)) ? 'Enabled' : 'Disabled')
  const seconds = (line: string, usual: number) =>
    vpc.settings.map(each => new RegExp(`^${line} (\\d+)$`).exec(each)?.[1]).find(Boolean) ?? usual
  const timer = (line: string, usual: number) => `Timer is off.(timeout = ${seconds(line, usual)}s)`
  return [
    ['vPC domain id', vpc.domain ?? 'Not configured'],
    ['Peer status', peerText[vpc.state.peer]],
    ['vPC keep-alive status', keepaliveText[vpc.state.keepalive]],
    ['Configuration consistency status', 'success'],
    ['Per-vlan consistency status', 'success'],
    ['Type-2 consistency status', 'success'],
    ['vPC role', vpc.state.role],
    ['Number of vPCs configured', `${vpc.members.length}`],
    ['Peer Gateway', on('peer-gateway')],
    ['Dual-active excluded VLANs', '-'],
    ['Graceful Consistency Check', 'Enabled'],
    [
      'Auto-recovery status',
      `${on('auto-recovery')}, timer is off.(timeout = ${seconds('auto-recovery reload-delay', 240)}s)`,
    ],
    ['Delay-restore status', timer('delay restore', 30)],
    ['Delay-restore SVI status', timer('delay restore interface-vlan', 10)],
    ['Operational Layer3 Peer-router', on('layer3 peer-router')],
    ['Virtual-peerlink mode', 'Disabled'],
  ]
}

function text(vpc: Vpc, vlans: string): string {
  const line = '-'.repeat(69)
  const link = vpc.state.peer === 'peer-ok' ? 'up' : 'down'
  const head = facts(vpc)
    .map(([name, value]) => `${name.padEnd(34)}: ${value.padEnd(30)}\n`)
    .join('')
  const peer = vpc.peerLink === null ? '' : `1     ${vpc.peerLink.padEnd(6)} ${link.padEnd(6)} ${vlans}\n`
  const members = vpc.members.map(
    ({ id, port, up }) =>
      `${String(id).padEnd(5)} ${port.padEnd(13)} ${(up ? 'up' : 'down*').padEnd(6)} success     success                ${up ? vlans : '-'}\n`,
  )
  return `Legend:
                (*) - local vPC is down, forwarding via vPC peer-link

${head}
vPC Peer-link status
${line}
id    Port   Status Active vlans    
--    ----   ------ -------------------------------------------------
${peer}
vPC status
${'-'.repeat(76)}
Id    Port          Status Consistency Reason                Active vlans
--    ------------  ------ ----------- ------                ---------------
${members.join('')}`
}

function data(vpc: Vpc, vlans: string): object {
  const rows = vpc.members.map(({ id, port, up }) => ({
    'vpc-id': id,
    'vpc-ifindex': port,
    'vpc-port-state': up ? 1 : 0,
    'phy-port-if-removed': 'disabled',
    'vpc-thru-peerlink': up ? 0 : 1,
    'vpc-consistency': 'consistent',
    'vpc-consistency-status': 'SUCCESS',
    'up-vlan-bitset': up ? vlans : '-',
  }))
  const link = {
    'peer-link-id': 1,
    'peerlink-ifindex': vpc.peerLink ?? '',
    'peer-link-port-state': vpc.state.peer === 'peer-ok' ? 1 : 0,
    'peer-up-vlan-bitset': vlans,
  }
  return {
    'vpc-domain-id': vpc.domain ?? 'not configured',
    'vpc-peer-status': vpc.state.peer,
    'vpc-peer-status-reason': 'SUCCESS',
    'vpc-peer-keepalive-status': vpc.state.keepalive,
    'vpc-peer-consistency': 'consistent',
    'vpc-per-vlan-peer-consistency': 'consistent',
    'vpc-peer-consistency-status': 'SUCCESS',
    'vpc-type-2-consistency': 'consistent',
    'vpc-type-2-consistency-status': 'SUCCESS',
    'vpc-role': vpc.state.role,
    'num-of-vpcs': String(vpc.members.length),
    'peer-gateway': vpc.settings.some(line => line.startsWith('peer-gateway')) ? 1 : 0,
    'dual-active-excluded-vlans': '-',
    'vpc-graceful-consistency-check-status': 'enabled',
    ...(vpc.peerLink === null ? {} : { TABLE_peerlink: { ROW_peerlink: [link] } }),
    ...(rows.length === 0 ? {} : { TABLE_vpc: { ROW_vpc: rows } }),
  }
}

function showRole({ state }: ExecRequest): ExecAnswer {
  const { state: known } = read(state)
  return {
    text: `vPC Role status\n----------------------------------------------------\nvPC role                        : ${known.role}\n`,
    data: { 'vpc-current-role': known.role, 'vpc-peer-status': known.peer },
  }
}
