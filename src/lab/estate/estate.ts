import { startApic } from '../apic/apic.ts'
import { makeFabric } from '../bgp/fabric.ts'
import { startCluster } from '../kube/cluster.ts'
import { type ControlPlane, quietControlPlane } from '../nxos/control-plane.ts'
import { startSwitch } from '../nxos/switch.ts'
import { demoNodes } from './cluster-nodes.ts'
import { demoWorkload } from './demo-workload.ts'
import { blueLeaves, leafConfig } from './leaf-config.ts'
import { labPassword, labUser, type Reachable, writeStateFiles } from './state-files.ts'

export interface EstateOptions {
  /** Where the inventory, keys and kubeconfigs are written. */
  readonly folder: string
  readonly latencyMs: number
  /** First of seven consecutive ports; 0 = free ones. */
  readonly firstPort: number
  /** A line per BGP session that changes, with the reason. */
  readonly log: (line: string) => void
}

export type Estate = Awaited<ReturnType<typeof startEstate>>

/** Starts the demo estate of `inventory/`: four leaves, an APIC, the clusters blue and green, BGP between them. All on 127.0.0.1. */
export async function startEstate({ folder, latencyMs, firstPort, log }: EstateOptions) {
  const port = (offset: number) => (firstPort === 0 ? 0 : firstPort + offset)
  const users = { [labUser]: labPassword }
  const planes = new Map<string, ControlPlane>()
  const switches = await startLeaves({ users, port, latencyMs, planes })
  const [apic, blue, green] = await Promise.all([
    startApic({ name: 'apic-1', users, port: port(4), latencyMs, start: aciStart }),
    startCluster({
      ...demoCluster('blue', { net: 1, pods: 244, services: 96, external: '198.51.100.10' }),
      port: port(5),
      latencyMs,
    }),
    startCluster({
      ...demoCluster('green', { net: 2, pods: 245, services: 97, external: '198.51.100.138' }),
      port: port(6),
      latencyMs,
    }),
  ])
  const fabric = makeFabric({ switches, apics: [apic], clusters: [blue, green], spines, log })
  for (const { name } of switches) planes.set(name, { ...quietControlPlane, ...fabric.controlPlane(name) })
  apic.setOperational(() => fabric.reported(apic.name))
  const hosts: Reachable[] = [
    ...switches.map(({ name, port, hostKey }) => ({ kind: 'nxos' as const, host: name, port, hostKey })),
    { kind: 'apic', host: apic.name, port: apic.port, ca: apic.ca },
    { kind: 'kube', host: 'blue-k8s', context: 'blue', port: blue.port, kubeconfig: blue.kubeconfig() },
    { kind: 'kube', host: 'green-k8s', context: 'green', port: green.port, kubeconfig: green.kubeconfig() },
  ]
  return {
    /** Path of the inventory to lay over the demo's. */
    inventory: writeStateFiles(folder, hosts),
    hosts: hosts.map(({ kind, host, port }) => ({ kind, host, port })),
    switches,
    apic,
    clusters: [blue, green],
    fabric,
    close: async () => {
      fabric.close()
      await Promise.all([...switches, apic, blue, green].map(part => part.close()))
    },
  }
}

function startLeaves({
  users,
  port,
  latencyMs,
  planes,
}: {
  users: Record<string, string>
  port: (offset: number) => number
  latencyMs: number
  planes: ReadonlyMap<string, ControlPlane>
}) {
  return Promise.all(
    blueLeaves.map((leaf, index) =>
      startSwitch({
        name: leaf.name,
        config: leafConfig(leaf),
        users,
        port: port(index),
        latencyMs,
        control: lateControlPlane(() => planes.get(leaf.name)),
      }),
    ),
  )
}

function demoCluster(
  name: string,
  { net, pods, services, external }: { net: number; pods: number; services: number; external: string },
) {
  return {
    name,
    nodes: demoNodes({ cluster: name, net, pods }),
    crds: ['calico' as const],
    serviceBlocks: [`10.${services}.0.0/16`, `2001:db8:${services}::/108`],
    objects: demoWorkload(external),
  }
}

/** The route reflectors of the EVPN overlay; the leaves' start configuration peers with them. */
const spines = [1, 2].map(number => ({ name: `spine-${number}`, address: `10.2.0.${number}` }))

/** The fabric's own AS; everything else of the tenant is weft's to make. */
const aciStart = {
  polUni: {
    attributes: {},
    children: [
      {
        fabricInst: {
          attributes: {},
          children: [
            {
              bgpInstPol: { attributes: { name: 'default' }, children: [{ bgpAsP: { attributes: { asn: '65002' } } }] },
            },
          ],
        },
      },
    ],
  },
}

/** Switches start before the fabric that ties them together; until then they have learnt nothing. */
function lateControlPlane(find: () => ControlPlane | undefined): ControlPlane {
  const plane = () => find() ?? quietControlPlane
  return {
    bgpSessions: vrf => plane().bgpSessions(vrf),
    routes: (vrf, family) => plane().routes(vrf, family),
    vpc: () => plane().vpc(),
    interface: name => plane().interface(name),
  }
}
