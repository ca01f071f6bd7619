import type { Endpoint } from './host.ts'
import type { TargetId } from './intent.ts'
import type { Kind } from './kind.ts'

/**
 * What an endpoint leads to, whoever asks for it: two hosts of the inventory with one address are one target. Cheap; no I/O.
 * 'nxos:192.0.2.11:22', 'apic:192.0.2.1:443', 'linux:192.0.2.21:22', 'linux:local'. Of a cluster it is only where to look,
 * 'kube:CONTEXT@KUBECONFIG': clusterTarget says which one it is.
 */
export function targetOf(kind: Kind, endpoint: Endpoint): TargetId {
  const { address, port, platform, kubeconfig, context, jump } = endpoint
  if (kind === 'kube')
    return `kube:${context ?? ''}@${kubeconfig ?? ''}${/^https?:/.test(address) ? ` ${address}` : ''}`
  if (platform === 'local') return `${kind}:local`
  const through = jump ? ` through ${jump.address}:${jump.port ?? 22}` : ''
  return `${kind}:${address}:${port ?? (kind === 'apic' ? 443 : 22)}${through}`
}

/**
 * 'kube:CONTEXT@SERVER': the same wherever the kubeconfig lies, and another one once the kubeconfig leads to another cluster. The context
 * is in it because tunnels to several clusters may share one address of this machine, one after the other.
 */
export function clusterTarget({ context, server }: { context: string; server: string }): TargetId {
  return `kube:${context}@${server}`
}
