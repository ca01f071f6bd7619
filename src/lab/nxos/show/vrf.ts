import { vlansOf } from '../config/global-effects.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { shortInterface } from '../grammar/interface-name.ts'
import type { SwitchState } from '../state.ts'
import { interfaceFacts } from './interface-facts.ts'
import { vrfNames } from './vrf-names.ts'

export const vrfCommands: readonly ExecCommand[] = [
  command('show vrf [<vrf>]', showVrf),
  command('show vrf <vrf> interface', showVrfInterfaces),
  command('show vrf interface', showVrfInterfaces),
  command('show vlan brief', showVlans),
  command('show vlan', showVlans),
]

function showVrf({ state, words }: ExecRequest): ExecAnswer {
  const wanted = words[2] ?? 'all'
  const rows = numbered(state)
    .filter(({ name }) => wanted === 'all' || name === wanted)
    .map(({ name, id }) => ({ vrf_name: name, vrf_id: id, vrf_state: 'Up', vrf_reason: '--' }))
  if (rows.length === 0) return { text: '' }
  const title = `${'VRF-Name'.padEnd(34)} VRF-ID State   Reason                        \n`
  const lines = rows.map(
    row => `${row.vrf_name.padEnd(34)} ${String(row.vrf_id).padStart(6)} Up      --                            \n`,
  )
  return { text: title + lines.join(''), data: { TABLE_vrf: { ROW_vrf: rows } } }
}

function showVrfInterfaces({ state, words }: ExecRequest): ExecAnswer {
  const wanted = words[2] === 'interface' ? 'all' : (words[2] ?? 'all')
  const ids = new Map(numbered(state).map(({ name, id }) => [name, id]))
  const rows = interfaceFacts(state.running)
    .filter(each => each.routed && (wanted === 'all' || each.vrf === wanted))
    .map(each => ({ if_name: each.name, vrf_name: each.vrf, vrf_id: ids.get(each.vrf) ?? 1, soo: '--' }))
  const title = 'Interface                 VRF-Name                        VRF-ID  Site-of-Origin\n'
  const lines = rows.map(
    row => `${row.if_name.padEnd(25)} ${row.vrf_name.padEnd(31)} ${String(row.vrf_id).padStart(6)}  --\n`,
  )
  return { text: title + lines.join(''), data: rows.length === 0 ? {} : { TABLE_if: { ROW_if: rows } } }
}

function numbered(state: SwitchState): { name: string; id: number }[] {
  const fixed: Record<string, number> = { default: 1, management: 2 }
  let next = 3
  return vrfNames(state.running).map(name => ({ name, id: fixed[name] ?? next++ }))
}

function showVlans({ state }: ExecRequest): ExecAnswer {
  const ports = interfaceFacts(state.running).filter(
    each => !each.routed && ['ethernet', 'port-channel'].includes(each.kind),
  )
  const rows = vlansOf(state.running).map(id => {
    const block = state.running.find(node => node.line === `vlan ${id}`)?.children ?? []
    const named = block.find(node => node.line.startsWith('name '))?.line.slice(5)
    const members = ports.filter(port => port.mode === 'trunk' || port.vlan === `${id}`).map(port => port.name)
    return {
      'vlanshowbr-vlanid': id,
      'vlanshowbr-vlanid-utf': id,
      'vlanshowbr-vlanname': named ?? (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`),
      'vlanshowbr-vlanstate': 'active',
      'vlanshowbr-shutstate': block.some(node => node.line === 'shutdown') ? 'shutdown' : 'noshutdown',
      ...(members.length > 0 ? { 'vlanshowplist-ifidx': members.join(',') } : {}),
    }
  })
  const title = `VLAN Name                             Status    Ports\n---- -------------------------------- --------- -------------------------------\n`
  const lines = rows.map(row => {
    const names = (row['vlanshowplist-ifidx'] ?? '').split(',').map(shortInterface).join(', ')
    return `${String(row['vlanshowbr-vlanid']).padEnd(4)} ${row['vlanshowbr-vlanname'].padEnd(32)} active    ${wrap(names)}\n`
  })
  return { text: `\n${title}${lines.join('')}`, data: { TABLE_vlanbriefxbrief: { ROW_vlanbriefxbrief: rows } } }
}

/** Ports in lines of at most 31 characters, indented to their column. */
function wrap(names: string): string {
  return names
    .replaceAll(/(.{1,30})(, |$)/g, (_, part: string, end: string) =>
      end === '' ? part : `${part},\n${' '.repeat(48)}`,
    )
    .trimEnd()
}
