import { randomBytes } from 'node:crypto'
import type { KubeObject, KubeRef } from '../../model/kube.ts'
import { makeCertificate } from '../certificate.ts'
import type { ClusterState, LabNode } from './cluster-state.ts'
import { followDefinitions } from './controllers/definitions.ts'
import { startControllers } from './controllers/loop.ts'
import { createCounters, type RequestCounters } from './counters.ts'
import { definitionsOf } from './crds/definitions.ts'
import { createFaults, type KubeFault } from './fault.ts'
import type { JsonMap } from './json.ts'
import { BUILT_IN } from './kinds/built-in.ts'
import { kubeconfigOf } from './kubeconfig.ts'
import { createRegistry } from './registry.ts'
import { type Cni, seedObjects } from './seed.ts'
import { listen } from './server.ts'
import { createStore } from './store.ts'
import { systemDelete, systemPut } from './system-write.ts'

export interface ClusterOptions {
  readonly name: string
  readonly nodes: readonly LabNode[]
  /** Whose CRDs and daemon the cluster has. */
  readonly crds?: readonly Cni[]
  readonly objects?: readonly KubeObject[]
  /** A deployment of three pods behind a LoadBalancer service that only the nodes with a pod announce. */
  readonly demo?: boolean
  /** The release it says it is. */
  readonly version?: string
  readonly port?: number
  readonly host?: string
  readonly latencyMs?: number
  /** How long a pod is Pending before it is Running and Ready; 0 = at once. */
  readonly podStartMs?: number
  readonly serviceBlocks?: readonly string[]
  readonly faults?: readonly KubeFault[]
  readonly log?: (line: string) => void
}

export interface ClusterChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: KubeObject
  readonly previous?: KubeObject
}

export interface LabCluster {
  readonly name: string
  readonly port: number
  readonly url: string
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string
  readonly token: string
  /** YAML text, its context named after the cluster. */
  kubeconfig(): string
  objects(): readonly KubeObject[]
  /** Writes as the cluster itself would (a CNI's status, a node's condition): creates or replaces, status included. */
  put(object: KubeObject, manager?: string): void
  remove(ref: KubeRef): void
  readonly counters: RequestCounters & { reset(): void }
  setFaults(faults: readonly KubeFault[]): void
  /** Called after every stored change; the answer ends it. */
  onChange(callback: (change: ClusterChange) => void): () => void
  close(): Promise<void>
}

/** Starts a Kubernetes API over HTTPS that the real kubectl works with. Everything is in memory and ends with close(). */
export async function startCluster(options: ClusterOptions): Promise<LabCluster> {
  const { name, host = '127.0.0.1', port = 0, version = RELEASE, latencyMs = 0, log = () => {} } = options
  const state = createState(options)
  const unfollow = followDefinitions(state)
  populate(state, options)
  const controllers = startControllers(state, options.podStartMs ?? 0, log)
  const [faults, counters] = [createFaults(options.faults ?? []), createCounters()]
  const certificate = await makeCertificate([...new Set([host, 'localhost', '127.0.0.1'])])
  const token = randomBytes(16).toString('hex')
  const listening = { state, certificate, token, version, host, port, latencyMs, faults, counters, log }
  const { server, port: taken } = await listen(listening)
  const access = { name, server: `https://${host}:${taken}`, ca: certificate.ca, token }
  return {
    ...access,
    port: taken,
    url: access.server,
    kubeconfig: () => kubeconfigOf([access]),
    setFaults: faults.set,
    get counters() {
      return { ...counters.read(), reset: counters.reset }
    },
    ...storeDoors(state),
    close: async () => {
      controllers.stop()
      unfollow()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const RELEASE = '1.32.4'

function populate(
  state: ClusterState,
  { nodes, crds: cni = [], version = RELEASE, demo = false, objects = [] }: ClusterOptions,
): void {
  const seeds = seedObjects({ nodes, cni, version, demo })
  for (const object of [...definitionsOf(cni), ...seeds, ...objects]) systemPut(state, object as JsonMap, 'kubeadm')
}

function createState({ name, nodes, serviceBlocks = ['10.96.0.0/16', 'fd00:96::/112'] }: ClusterOptions): ClusterState {
  return { name, nodes, serviceBlocks, store: createStore(), registry: createRegistry(BUILT_IN) }
}

const shown = (object: JsonMap): KubeObject => object as unknown as KubeObject

function storeDoors(state: ClusterState): Pick<LabCluster, 'objects' | 'put' | 'remove' | 'onChange'> {
  return {
    objects: () => state.store.all().map(shown),
    put: (object, manager = 'lab') => void systemPut(state, object as unknown as JsonMap, manager),
    remove: ({ apiVersion, kind, name, namespace }) => {
      const metadata = namespace ? { name, namespace } : { name }
      systemDelete(state, { apiVersion, kind, metadata })
    },
    onChange: callback =>
      state.store.subscribe(({ type, object, previous }) => {
        callback({ type, object: shown(object), ...(previous ? { previous: shown(previous) } : {}) })
      }),
  }
}
