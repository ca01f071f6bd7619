import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openApic } from '../../src/device/apic/open.ts'
import { openCluster } from '../../src/device/kube/open.ts'
import { linuxOpener } from '../../src/device/linux/open.ts'
import { nxosOpener } from '../../src/device/nxos/open.ts'
import { type LabApic, startApic } from '../../src/lab/apic/apic.ts'
import { type LabCluster, startCluster } from '../../src/lab/kube/cluster.ts'
import { type LabSwitch, startSwitch } from '../../src/lab/nxos/switch.ts'
import type { Variables } from '../../src/model/value.ts'
import type { Doors } from '../../src/run/options.ts'
import { folderOf } from './folder.ts'
import { startNode, type TestNode } from './node.ts'
import { knownHostsFile, LEAF, PASSWORD, USER } from './nxos.ts'
import { hasKubectl, kubectlProgram } from './where.ts'

/** A switch, an APIC, a cluster (where there is a kubectl), a node and a web server, all on loopback, and an inventory of them. */
export interface WholeLab {
  readonly leaf: LabSwitch
  readonly apic: LabApic
  readonly cluster: LabCluster | null
  readonly node: TestNode
  /** The web server that nobody but a run may ask anything of; 'GET /path' each. */
  readonly web: { readonly url: string; readonly asked: string[] }
  /** hosts.yml: the hosts leaf-a, apic1, blue, node-1 and localhost with all that is needed to reach them. */
  readonly inventory: string
  /** How a run opens them. */
  readonly open: Doors['open']
  close(): Promise<void>
}

/** What the APIC holds before anybody writes. */
const START = {
  fvTenant: {
    attributes: { name: 'green' },
    children: [
      { fvCtx: { attributes: { name: 'old', descr: 'as it was' } } },
      { bgpCtxPol: { attributes: { name: 'timers', kaIntvl: '60' } } },
    ],
  },
}

export async function wholeLab({ kube = true } = {}): Promise<WholeLab> {
  const [leaf, apic, cluster, node, web] = await Promise.all([
    startSwitch({ name: 'leaf-a', config: LEAF, users: { [USER]: PASSWORD } }),
    startApic({ name: 'apic1', users: { [USER]: PASSWORD }, start: START }),
    kube && hasKubectl() ? cluster1() : null,
    startNode(),
    webServer(),
  ])
  const folder = folderOf({ 'ca.pem': apic.ca, ...(cluster ? { kubeconfig: cluster.kubeconfig() } : {}) })
  const login = { ansible_host: '127.0.0.1', ansible_user: USER, ansible_password: PASSWORD, weft_timeout: 5 }
  const ssh = { ...login, weft_agent: false }
  const hosts: Record<string, Variables> = {
    'leaf-a': {
      ...ssh,
      ansible_port: leaf.port,
      ansible_network_os: 'nxos',
      weft_known_hosts: await knownHostsFile(`[127.0.0.1]:${leaf.port} ${leaf.hostKey}\n`),
    },
    apic1: { ...login, ansible_httpapi_port: apic.port, ansible_network_os: 'apic', weft_ca: `${folder}/ca.pem` },
    ...(cluster ? { blue: { weft_platform: 'kube', weft_kubeconfig: `${folder}/kubeconfig` } } : {}),
    'node-1': { ...ssh, ansible_port: node.port, weft_known_hosts: node.endpoint.knownHosts ?? '' },
    localhost: { ansible_connection: 'local' },
  }
  return {
    leaf,
    apic,
    cluster,
    node,
    web,
    inventory: JSON.stringify({ all: { hosts } }),
    open: opening(),
    async close() {
      await Promise.all([leaf.close(), apic.close(), cluster?.close(), node.close()])
      await new Promise(done => web.server.close(done))
    },
  }
}

function cluster1(): Promise<LabCluster> {
  return startCluster({
    name: 'blue',
    nodes: [{ name: 'node-1', addresses: { v4: '192.0.2.1' }, podBlocks: ['10.1.0.0/26'], labels: { rack_id: '1' } }],
    crds: ['calico'],
    objects: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'old', namespace: 'default' }, data: { a: '1' } },
    ],
  })
}

function opening(): Doors['open'] {
  return {
    nxos: nxosOpener(),
    apic: openApic,
    kube: options => openCluster({ ...options, kubectl: kubectlProgram() }),
    linux: linuxOpener(),
  }
}

async function webServer(): Promise<WholeLab['web'] & { server: Server }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('asked')
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
