import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LabApic, startApic } from '../../src/lab/apic/apic.ts'
import { apicTasks } from './apic-work.ts'
import { weft } from './measure.ts'
import { duration, judged, type Row } from './row.ts'

export const login = { user: 'admin', password: 'weft-bench-password' }

/** 60 objects in 12 tasks: made, then found in sync. */
export async function apicRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const lab = await startApic({ name: 'apic-1', users: { [login.user]: login.password } })
  try {
    const before = lab.objects().size
    const create = await counted(lab, apicWords(folder, lab, 'run'))
    const made = lab.objects().size - before
    if (made < 60) throw new Error(`${made} objects were made, not 60 (and those that an APIC adds)`)
    const inSync = await counted(lab, apicWords(folder, lab, 'run'))
    const row = (what: string, limit: number, { requests, milliseconds }: typeof create) =>
      judged(
        {
          what: `APIC, 60 objects in 12 tasks, ${what}`,
          must: `${limit} requests`,
          measured: `${requests} requests, ${duration(milliseconds)}`,
        },
        requests <= limit,
      )
    return [row('in sync', 4, inSync), row('create all', 8, create)]
  } finally {
    await lab.close()
    rmSync(folder, { recursive: true })
  }
}

async function counted(lab: LabApic, words: readonly string[]) {
  const before = lab.counters.requests
  const { milliseconds } = await weft(words)
  return { requests: lab.counters.requests - before, milliseconds }
}

/** Writes inventory and playbook; answers the words of the command. */
export function apicWords(folder: string, lab: LabApic, mode: 'plan' | 'run'): string[] {
  const [hosts, play, ca] = [join(folder, 'apic.yml'), join(folder, 'aci.yml'), join(folder, 'ca.pem')]
  writeFileSync(ca, lab.ca)
  const host = {
    ansible_host: '127.0.0.1',
    ansible_port: lab.port,
    ansible_user: login.user,
    ansible_password: login.password,
    ansible_network_os: 'cisco.aci.aci',
    weft_ca: ca,
  }
  writeFileSync(hosts, JSON.stringify({ all: { hosts: { 'apic-1': host } } }))
  const tasks = apicTasks().map(apic_tree => ({ apic_tree }))
  writeFileSync(play, JSON.stringify([{ hosts: 'all', gather_facts: false, tasks }]))
  return [mode, play, '-i', hosts]
}
