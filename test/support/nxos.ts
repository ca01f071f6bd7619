import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endpointOf } from '../../src/connection/endpoint.ts'
import { openNxos } from '../../src/device/nxos/open.ts'
import { planCli } from '../../src/diff/cli/plan.ts'
import { renderCli } from '../../src/diff/cli/render.ts'
import { type LabSwitch, type SwitchOptions, startSwitch } from '../../src/lab/nxos/switch.ts'
import type { Device, Work } from '../../src/model/device.ts'
import type { Endpoint } from '../../src/model/host.ts'
import type { CliLine } from '../../src/model/nxos.ts'
import type { Variables } from '../../src/model/value.ts'

export const USER = 'admin'
export const PASSWORD = 'Canary-Pass-1'

export const LEAF = `hostname leaf-a
feature bgp
feature interface-vlan
vlan 1,3001
vrf context vrf-001
interface Ethernet1/1
interface loopback0
  ip address 10.0.0.1/32
router bgp 65102
  router-id 10.0.0.1
line vty
`

const open: (() => Promise<unknown>)[] = []

/** A lab switch with its known_hosts file; closed by `closeAll`. */
export async function leaf(options: Partial<SwitchOptions> = {}): Promise<{ lab: LabSwitch; endpoint: Endpoint }> {
  const lab = await startSwitch({ name: 'leaf-a', config: LEAF, users: { [USER]: PASSWORD }, ...options })
  open.push(() => lab.close())
  const knownHosts = await knownHostsFile(`[127.0.0.1]:${lab.port} ${lab.hostKey}\n`)
  return { lab, endpoint: endpointTo(lab.port, { weft_known_hosts: knownHosts }) }
}

export function endpointTo(port: number, variables: Variables = {}): Endpoint {
  const reach = { ansible_host: '127.0.0.1', ansible_port: port, ansible_user: USER, ansible_password: PASSWORD }
  return endpointOf('leaf-a', { ...reach, weft_agent: false, weft_timeout: 3, ...variables }, 'nxos')
}

export async function knownHostsFile(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'weft-known-')), 'known_hosts')
  await writeFile(file, text)
  return file
}

/** A device of a run, and what it told about its progress. */
export async function device(endpoint: Endpoint, run = 'test'): Promise<{ device: Device<'nxos'>; told: string[] }> {
  const told: string[] = []
  const made = await openNxos({
    endpoint,
    run,
    progress: (step, text) => told.push(`${step}: ${text}`),
    signal: new AbortController().signal,
  })
  open.push(() => made.release())
  return { device: made, told }
}

/** A task's work as the engine hands it over. */
export async function work(reader: Device<'nxos'>, task: string, wanted: readonly CliLine[]): Promise<Work<'nxos'>> {
  const changes = planCli(await reader.read.running(), wanted)
  reader.stage(changes)
  return { id: task, title: task, commands: renderCli(changes), differences: changes }
}

export function inside(parents: readonly string[], ...lines: string[]): CliLine[] {
  return lines.map(line => ({ parents, line }))
}

/** Ends what the tests of a file opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close()
}

export function alsoClose(close: () => Promise<unknown>): void {
  open.push(close)
}
