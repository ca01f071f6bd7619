import type { IntentRecord, Owner, RunStart } from '../../src/journal/ledger.ts'
import { thisProcess } from '../../src/journal/process.ts'
import type { RunEvent, Status } from '../../src/model/event.ts'

export const time = '2026-11-20T20:00:00.000Z'

export function startOf(id: string, more: Partial<RunStart> = {}): RunStart {
  return {
    id,
    time,
    mode: 'run',
    playbooks: ['playbooks/site.yml'],
    version: '0.1.0',
    who: 'frank@jump-1',
    commit: null,
    process: thisProcess(),
    ...more,
  }
}

export function intentOf(run: string, id: string, more: Partial<IntentRecord> = {}): IntentRecord {
  return {
    run,
    id,
    task: 'site.yml:12 0.tasks.3',
    host: 'leaf-1',
    kind: 'nxos',
    target: 'nxos:192.0.2.11:22',
    title: 'Peers of the rack',
    differences: [{ id: 'cli:router bgp 65102/neighbor 192.0.2.1', before: null, after: ['remote-as 65001'] }],
    commands: [{ line: 'router bgp 65102' }],
    ...more,
  }
}

export function ownerOf(resource: string, more: Partial<Owner> = {}): Owner {
  return {
    target: 'nxos:192.0.2.11:22',
    resource,
    playbook: 'playbooks/site.yml',
    task: 'site.yml:12 0.tasks.3',
    run: 'one',
    time,
    value: { lines: ['remote-as 65001'] },
    ...more,
  }
}

export function resultOf(host: string, status: Status, task = 'Peers'): RunEvent {
  const at = { file: 'tasks/nxos/peers.yml', line: 3, column: 3 }
  return {
    event: 'host-result',
    time,
    play: 'Racks',
    task,
    id: 'peers',
    action: 'nxos_config',
    at,
    host,
    status,
    seconds: 0.5,
  }
}

export function warningOf(text: string): RunEvent {
  return { event: 'warning', time, text }
}
