import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Counters } from '../../src/lab/nxos/state.ts'

export const password = 'weft-bench-password'

/** Lab switches in processes of their own, and a folder with an inventory of them. */
export interface Fleet {
  readonly folder: string
  readonly inventory: string
  readonly knownHosts: string
  readonly ports: readonly number[]
  counters(): Promise<readonly Counters[]>
  close(): void
}

interface Part {
  readonly ports: readonly number[]
  readonly hostKey: string
  counters(): Promise<readonly Counters[]>
  close(): void
}

/** Starts `count` switches, at most 250 in a process. */
export async function startFleet(count: number, { latencyMs = 0 }: { latencyMs?: number } = {}): Promise<Fleet> {
  const sizes = Array.from({ length: Math.ceil(count / 250) }, (_, index) => Math.min(250, count - index * 250))
  const parts = await Promise.all(sizes.map(size => startPart(size, latencyMs)))
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const knownHosts = join(folder, 'known_hosts')
  const lines = parts.flatMap(({ ports, hostKey }) => ports.map(port => `[127.0.0.1]:${port} ${hostKey}\n`))
  writeFileSync(knownHosts, lines.join(''))
  const ports = parts.flatMap(part => part.ports)
  const inventory = join(folder, 'hosts.yml')
  writeFileSync(inventory, inventoryOf(ports, knownHosts))
  return {
    folder,
    inventory,
    knownHosts,
    ports,
    counters: async () => (await Promise.all(parts.map(part => part.counters()))).flat(),
    close() {
      for (const part of parts) part.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startPart(count: number, latencyMs: number): Promise<Part> {
  const program = new URL('./switches.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, String(count), String(latencyMs)], {
    env: { ...process.env, WEFT_BENCH_PASSWORD: password },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the lab switches ended')
    return JSON.parse(value)
  }
  const { ports, hostKey } = await next()
  return {
    ports,
    hostKey,
    counters() {
      child.stdin.write('\n')
      return next()
    },
    close: () => void child.stdin.end(),
  }
}

/** Understood by weft and by ansible-playbook alike. */
function inventoryOf(ports: readonly number[], knownHosts: string): string {
  const hosts = ports.map((port, index) => [
    `leaf-${index + 1}`,
    { ansible_port: port, leaf: { ipv4: '192.168.100.1', ipv6: '2001:db8:100::1' } },
  ])
  const vars = {
    ansible_host: '127.0.0.1',
    ansible_user: 'weft',
    ansible_password: password,
    ansible_connection: 'ansible.netcommon.network_cli',
    ansible_network_os: 'cisco.nxos.nxos',
    weft_known_hosts: knownHosts,
  }
  return JSON.stringify({ all: { hosts: Object.fromEntries(hosts), vars } })
}
