import { vlansOf } from '../config/global-effects.ts'
import type { Config } from '../config/node.ts'
import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import { shortInterface } from '../grammar/interface-name.ts'
import { interfaceFacts } from './interface-facts.ts'

export const vlanCommands: readonly ExecCommand[] = [
  command('show vlan brief', ({ state }) => {
    const rows = vlanRows(state.running)
    return { text: briefText(rows), data: { TABLE_vlanbriefxbrief: { ROW_vlanbriefxbrief: rows } } }
  }),
  command('show vlan', showVlan),
]

/** `show vlan` is the brief table and the types and modes below it; its JSON names both tables otherwise than `show vlan brief`. */
function showVlan({ state }: ExecRequest): ExecAnswer {
  const rows = vlanRows(state.running)
  const modes = rows.map(row => ({
    'vlanshowinfo-vlanid': row['vlanshowbr-vlanid'],
    'vlanshowinfo-media-type': 'enet',
    'vlanshowinfo-vlanmode': 'ce-vlan',
  }))
  const lines = modes.map(row => `${String(row['vlanshowinfo-vlanid']).padEnd(4)} enet         CE\n`)
  return {
    text: `${briefText(rows)}\nVLAN Type         Vlan-mode\n---- -----        ----------\n${lines.join('')}`,
    data: { TABLE_vlanbrief: { ROW_vlanbrief: rows }, TABLE_mtuinfo: { ROW_mtuinfo: modes } },
  }
}

function vlanRows(running: Config) {
  const ports = interfaceFacts(running).filter(each => !each.routed && ['ethernet', 'port-channel'].includes(each.kind))
  return vlansOf(running).map(id => {
    const block = running.find(node => node.line === `vlan ${id}`)?.children ?? []
    const named = block.find(node => node.line.startsWith('name '))?.line.slice(5)
    const members = ports.filter(port => port.mode === 'trunk' || port.vlan === `${id}`).map(port => port.name)
    return {
      'vlanshowbr-vlanid': id,
      'vlanshowbr-vlanid-utf': id,
      'vlanshowbr-vlanname': named ?? (id === 1 ? 'default' : `VLAN${String(id).padStart(4, '0')}`),
      'vlanshowbr-vlanstate': block.some(node => node.line === 'state suspend') ? 'suspend' : 'active',
      'vlanshowbr-shutstate': block.some(node => node.line === 'shutdown') ? 'shutdown' : 'noshutdown',
      ...(members.length > 0 ? { 'vlanshowplist-ifidx': members.join(',') } : {}),
    }
  })
}

function briefText(rows: ReturnType<typeof vlanRows>): string {
  const title = `VLAN Name                             Status    Ports\n---- -------------------------------- --------- -------------------------------\n`
  const lines = rows.map(row => {
    const names = (row['vlanshowplist-ifidx'] ?? '').split(',').map(shortInterface).join(', ')
    const status = row['vlanshowbr-vlanstate'] === 'suspend' ? 'suspended' : 'active'
    return `${String(row['vlanshowbr-vlanid']).padEnd(4)} ${row['vlanshowbr-vlanname'].padEnd(32)} ${status.padEnd(9)} ${wrap(names)}\n`
  })
  return `\n${title}${lines.join('')}`
}

/** Ports in lines of at most 31 characters, indented to their column. */
function wrap(names: string): string {
  return names
    .replaceAll(/(.{1,30})(, |$)/g, (_, part: string, end: string) =>
      end === '' ? part : `${part},\n${' '.repeat(48)}`,
    )
    .trimEnd()
}
