import { command, type ExecAnswer, type ExecCommand, type ExecRequest } from '../exec/command.ts'
import type { SwitchState } from '../state.ts'
import { interfaceFacts } from './interface-facts.ts'
import { vrfNames } from './vrf-names.ts'

export const vrfCommands: readonly ExecCommand[] = [
  command('show vrf [<vrf>]', showVrf),
  command('show vrf <vrf> interface', showVrfInterfaces),
  command('show vrf interface', showVrfInterfaces),
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
  // A VRF without interfaces has no answer at all, in JSON neither: cisco.nxos.nxos_vrf takes {} for a defect.
  if (rows.length === 0) return { text: '' }
  const title = 'Interface                 VRF-Name                        VRF-ID  Site-of-Origin\n'
  const lines = rows.map(
    row => `${row.if_name.padEnd(25)} ${row.vrf_name.padEnd(31)} ${String(row.vrf_id).padStart(6)}  --\n`,
  )
  return { text: title + lines.join(''), data: { TABLE_if: { ROW_if: rows } } }
}

function numbered(state: SwitchState): { name: string; id: number }[] {
  const fixed: Record<string, number> = { default: 1, management: 2 }
  let next = 3
  return vrfNames(state.running).map(name => ({ name, id: fixed[name] ?? next++ }))
}
