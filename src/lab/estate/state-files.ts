import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a client must know to reach one part of the lab. */
export type Reachable =
  | { readonly kind: 'nxos'; readonly host: string; readonly port: number; readonly hostKey: string }
  | { readonly kind: 'apic'; readonly host: string; readonly port: number; readonly ca: string }
  | {
      readonly kind: 'kube'
      readonly host: string
      readonly context: string
      readonly port: number
      readonly kubeconfig: string
    }

/** The lab's own user on switches and APIC; it is a lab, so its password is printed. */
export const labUser = 'weft'
export const labPassword = 'weft-lab-password'

/**
 * Writes how to reach the lab into a folder that only the user can read: an inventory to lay over the demo's, known_hosts, the APIC's CA,
 * a kubeconfig per cluster. Returns the inventory's path.
 */
export function writeStateFiles(folder: string, parts: readonly Reachable[]): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const switches = parts.filter(part => part.kind === 'nxos')
  const knownHosts = write('known_hosts', switches.map(part => `[127.0.0.1]:${part.port} ${part.hostKey}\n`).join(''))
  const entries = parts.map(part => {
    if (part.kind === 'nxos') return hostEntry(part, { weft_known_hosts: knownHosts })
    if (part.kind === 'apic') return hostEntry(part, { weft_ca: write(`${part.host}-ca.pem`, part.ca) })
    return hostEntry(part, {
      weft_kubeconfig: write(`${part.host}.kubeconfig`, part.kubeconfig),
      weft_context: part.context,
    })
  })
  return write(
    'hosts.yml',
    `# Written by weft lab; lay it over the demo inventory: -i inventory -i ${join(folder, 'hosts.yml')}\nall:\n  hosts:\n${entries.join('')}`,
  )
}

function hostEntry(part: Reachable, more: Readonly<Record<string, string>>): string {
  const login =
    part.kind === 'kube'
      ? {}
      : { ansible_host: '127.0.0.1', ansible_port: part.port, ansible_user: labUser, ansible_password: labPassword }
  const variables = { ...login, ...more, bgp_password: 'weft-lab-bgp' }
  const lines = Object.entries(variables).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`)
  return `    ${part.host}:\n${lines.join('')}`
}
