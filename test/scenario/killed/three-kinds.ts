import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LabApic, startApic } from '../../../src/lab/apic/apic.ts'
import { type LabCluster, startCluster } from '../../../src/lab/kube/cluster.ts'
import { type LabSwitch, startSwitch } from '../../../src/lab/nxos/switch.ts'
import { folderOf } from '../../support/folder.ts'
import { LEAF, PASSWORD, USER } from '../../support/nxos.ts'
import { PLAYBOOKS } from './playbook.ts'

/** A switch, an APIC and a cluster in this process, and a folder from which the real command reaches them. */
export interface ThreeKinds {
  readonly leaf: LabSwitch
  readonly apic: LabApic
  readonly cluster: LabCluster
  readonly folder: string
  /** Calls back with the kind at every change that any of them takes; the answer ends that. */
  onChange(callback: (kind: 'nxos' | 'apic' | 'kube') => void): () => void
  close(): Promise<void>
}

export async function threeKinds(): Promise<ThreeKinds> {
  const users = { [USER]: PASSWORD }
  const [leaf, apic, cluster] = await Promise.all([
    startSwitch({ name: 'leaf-a', config: LEAF, users }),
    startApic({ name: 'apic-1', users }),
    startCluster({ name: 'blue', nodes: [], crds: ['calico'] }),
  ])
  const folder = folderOf({
    ...PLAYBOOKS,
    known_hosts: `[127.0.0.1]:${leaf.port} ${leaf.hostKey}\n`,
    'ca.pem': apic.ca,
    kubeconfig: cluster.kubeconfig(),
  })
  const kubeconfig = join(folder, 'kubeconfig')
  chmodSync(kubeconfig, 0o600)
  const login = { ansible_host: '127.0.0.1', ansible_user: USER, ansible_password: PASSWORD, weft_timeout: 10 }
  const hosts = {
    'leaf-a': {
      ...login,
      ansible_port: leaf.port,
      ansible_network_os: 'nxos',
      weft_known_hosts: join(folder, 'known_hosts'),
      weft_agent: false,
    },
    'apic-1': { ...login, ansible_port: apic.port, ansible_network_os: 'apic', weft_ca: join(folder, 'ca.pem') },
    blue: { ansible_network_os: 'kube', weft_kubeconfig: kubeconfig, weft_context: 'blue' },
  }
  writeFileSync(join(folder, 'hosts.yml'), JSON.stringify({ all: { hosts } }))
  return {
    leaf,
    apic,
    cluster,
    folder,
    onChange(callback) {
      const ends = [
        leaf.onChange(() => callback('nxos')),
        apic.onChange(() => callback('apic')),
        cluster.onChange(() => callback('kube')),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
    close: async () => void (await Promise.all([leaf.close(), apic.close(), cluster.close()])),
  }
}
