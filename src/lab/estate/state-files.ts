import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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

/** The lab's own user on switches and APIC; it is a lab, so its password may be known. */
export const labUser = 'weft'
export const labPassword = 'weft-lab-password'

/**
 * Writes how to reach the lab into a folder that only the user can read: known_hosts, the APIC's CA, a kubeconfig per cluster, and an
 * inventory to lay over the demo's (its variables are in host_vars/, which win over host_vars/ of the demo). Returns the inventory's path.
 */
export function writeStateFiles(folder: string, parts: readonly Reachable[]): string {
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const switches = parts.filter(part => part.kind === 'nxos')
  const knownHosts = write('known_hosts', switches.map(part => `[127.0.0.1]:${part.port} ${part.hostKey}\n`).join(''))
  for (const part of parts) write(`inventory/host_vars/${part.host}.yml`, hostVariables(part, { knownHosts, write }))
  const hosts = parts.map(({ host }) => `    ${host}: {}\n`).join('')
  write(
    'inventory/hosts.yml',
    `# Written by weft lab; lay it over the demo inventory with a second -i.\nall:\n  hosts:\n${hosts}`,
  )
  return join(folder, 'inventory')
}

function hostVariables(
  part: Reachable,
  { knownHosts, write }: { knownHosts: string; write: (name: string, text: string) => string },
): string {
  const login = {
    ansible_host: '127.0.0.1',
    ansible_port: part.port,
    ansible_user: labUser,
    ansible_password: labPassword,
  }
  const reach = {
    nxos: () => ({ ...login, weft_known_hosts: knownHosts }),
    apic: () => ({ ...login, weft_ca: write(`${part.host}-ca.pem`, part.kind === 'apic' ? part.ca : '') }),
    kube: () =>
      part.kind === 'kube'
        ? { weft_kubeconfig: write(`${part.host}.kubeconfig`, part.kubeconfig), weft_context: part.context }
        : {},
  }
  const variables = { ...reach[part.kind](), bgp_password: 'weft-lab-bgp' }
  return Object.entries(variables)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')
}
