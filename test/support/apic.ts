import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApic } from '../../src/device/apic/open.ts'
import { type LabApic, startApic } from '../../src/lab/apic/apic.ts'
import type { ApicFaults } from '../../src/lab/apic/fault.ts'
import type { ApicCommand } from '../../src/model/apic.ts'
import type { Device, Work } from '../../src/model/device.ts'
import type { Endpoint } from '../../src/model/host.ts'
import type { Outcome } from '../../src/model/intent.ts'
import { differences } from '../../src/model/managed.ts'
import { apicTree } from '../../src/modules/apic/apic-tree.ts'

export interface ApicBench {
  readonly lab: LabApic
  readonly endpoint: Endpoint
  /** What progress was told. */
  readonly told: string[]
  device(options?: { endpoint?: Partial<Endpoint>; now?: () => number }): Promise<Device<'apic'>>
  close(): Promise<void>
}

/** An APIC of the lab and devices on it, its certificate checked. */
export async function apicBench(options: { start?: unknown; faults?: ApicFaults } = {}): Promise<ApicBench> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-apic-'))
  const caFile = join(folder, 'ca.pem')
  const lab = await startApic({ name: 'apic1', users: { admin: 'Canary-Login-1' }, ...options })
  writeFileSync(caFile, lab.ca)
  const endpoint: Endpoint = {
    host: 'apic1',
    platform: 'apic',
    address: '127.0.0.1',
    port: lab.port,
    user: 'admin',
    password: 'Canary-Login-1',
    tls: { verify: true, caFile },
  }
  const told: string[] = []
  const open: Device[] = []
  return {
    lab,
    endpoint,
    told,
    async device(more = {}) {
      const device = await openApic({
        endpoint: { ...endpoint, ...more.endpoint },
        run: 'test',
        progress: (step, text) => told.push(`${step}: ${text}`),
        signal: new AbortController().signal,
        backoffMilliseconds: 1,
        ...(more.now ? { now: more.now } : {}),
      })
      open.push(device)
      return device
    },
    async close() {
      await Promise.all(open.map(device => device.release()))
      await lab.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TreeArgs = Parameters<typeof apicTree.plan>[1]

/** Arguments of apic_tree as a playbook gives them. */
export function treeArgs(args: unknown): TreeArgs {
  return apicTree.args.parse(args)
}

/** What the engine does with a pass of apic_tree tasks: prefetch together, observe and plan one by one, one write. */
export async function planTasks(device: Device<'apic'>, tasks: readonly unknown[]): Promise<Work<'apic'>[]> {
  const parsed = tasks.map(treeArgs)
  await Promise.all(parsed.map(args => apicTree.prefetch?.(device.read, args)))
  const work: Work<'apic'>[] = []
  for (const [index, args] of parsed.entries()) {
    const changes = differences(apicTree.plan(await apicTree.observe(device.read, args), args))
    device.stage(changes)
    const commands: ApicCommand[] = apicTree.render(changes, args)
    work.push({ id: `task ${index + 1}`, title: `task ${index + 1}`, commands, differences: changes })
  }
  return work
}

export async function runTasks(device: Device<'apic'>, tasks: readonly unknown[]): Promise<readonly Outcome[]> {
  return device.write(await planTasks(device, tasks))
}

/** How many changes a plan holds. */
export function countChanges(work: readonly Work<'apic'>[]): number {
  return work.reduce((sum, { differences: changes }) => sum + changes.length, 0)
}
