import { targetOf } from '../../connection/kubectl/kubeconfig.ts'
import { kubectlOf } from '../../connection/kubectl/kubectl.ts'
import type { Device } from '../../model/device.ts'
import type { Guard } from '../../model/guard.ts'
import type { Endpoint } from '../../model/host.ts'
import type { KubeObject, KubeState } from '../../model/kube.ts'
import type { Managed, ResourceId } from '../../model/managed.ts'
import type { Progress } from '../../model/progress.ts'
import { clusterTarget, targetOf as targetId } from '../../model/target.ts'
import { standingsOf } from './look.ts'
import { type Memory, memoryOf } from './memory.ts'
import { readerOf } from './reader.ts'
import { stageChanges } from './staged.ts'
import { undo } from './undo.ts'
import { verify } from './verify.ts'
import { write } from './write.ts'

export interface ClusterOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** The kubectl to run; found along PATH unless given. */
  readonly kubectl?: string
  /** What the repository may not have started; left out = anything may be. */
  readonly guard?: Guard
}

/**
 * A cluster for one run. The kubeconfig is read, and its context fixed, here, for the target is the server that it names; one that cannot
 * be read is the failure of the first question.
 */
export async function openCluster(options: ClusterOptions): Promise<Device<'kube'>> {
  const { endpoint, progress } = options
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const target = once(() => targetOf(endpoint, process.env, options.guard))
  const requestSeconds = Math.ceil(endpoint.timeoutSeconds ?? 30)
  const kubectl = kubectlOf({ program: options.kubectl ?? 'kubectl', target, requestSeconds, signal })
  const memory = memoryOf({ kubectl, targetOf: target, progress: text => progress('reading', text) })
  const written: Managed[] = []
  const previous = new Map<ResourceId, KubeObject>()
  const named = await target().then(clusterTarget, () => targetId('kube', endpoint))
  let namespace = 'default'
  const settledTarget = async () => {
    const found = await target()
    namespace = found.namespace
    return found
  }
  return {
    kind: 'kube',
    target: named,
    read: readerOf({ kubectl, targetOf: settledTarget, memory, fetches: options.guard?.mayStart('kustomize') ?? true }),
    net: null,
    stage: changes => stageChanges(memory, changes, namespace),
    async write(work) {
      const outcomes = await write(work, { kubectl, target: await target(), memory, previous, signal, progress })
      written.push(...work.flatMap((each, at) => (outcomes[at]?.state === 'applied' ? each.differences : [])))
      return outcomes
    },
    verify: () => verify(memory, written),
    async commit() {
      written.length = 0
      previous.clear()
      return null
    },
    async revert() {
      if (written.length === 0) return null
      const said = await undo({ kubectl, target: await target(), changes: written, previous })
      memory.forget()
      if (!said.startsWith('NOT')) written.length = 0
      return said.startsWith('NOT') ? { code: 'failed', message: said, aftermath: said } : null
    },
    pending: () => (written.length === 0 ? null : { net: null }),
    ...takingUp(memory),
    reconnect: async () => {}, // Every question is a kubectl of its own.
    release: async () => closing.abort(),
  }
}

/** What the cluster took is kept: there is nothing to save, and nothing to let go of. */
function takingUp(memory: Memory): Pick<Device, 'look' | 'adopt'> {
  return {
    look: async ({ changes }) => ({
      hasNet: false,
      standings: await standingsOf(memory, changes as readonly Managed<KubeState>[]),
    }),
    adopt: () => {},
  }
}

/** The same promise for every caller; a rejection is forgotten, so that a corrected file is read again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make().catch(error => {
      made = null
      throw error
    })
    return made
  }
}
