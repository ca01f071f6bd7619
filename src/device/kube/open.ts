import { targetOf } from '../../connection/kubectl/kubeconfig.ts'
import { kubectlOf } from '../../connection/kubectl/kubectl.ts'
import type { Device } from '../../model/device.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Progress } from '../../model/progress.ts'
import { memoryOf } from './memory.ts'
import { readerOf } from './reader.ts'
import { stageChanges } from './staged.ts'
import { write } from './write.ts'

export interface ClusterOptions {
  readonly endpoint: Endpoint
  readonly run: string
  readonly progress: Progress
  readonly signal: AbortSignal
  /** The kubectl to run; found along PATH unless given. */
  readonly kubectl?: string
}

/** A cluster for one run. The kubeconfig is read, and its context fixed, at the first read. */
export async function openCluster(options: ClusterOptions): Promise<Device<'kube'>> {
  const { endpoint, progress } = options
  const closing = new AbortController()
  const signal = AbortSignal.any([options.signal, closing.signal])
  const target = once(() => targetOf(endpoint))
  const requestSeconds = Math.ceil(endpoint.timeoutSeconds ?? 30)
  const kubectl = kubectlOf({ program: options.kubectl ?? 'kubectl', target, requestSeconds, signal })
  const memory = memoryOf({ kubectl, targetOf: target, progress: text => progress('reading', text) })
  let namespace = 'default'
  const settledTarget = async () => {
    const found = await target()
    namespace = found.namespace
    return found
  }
  return {
    kind: 'kube',
    read: readerOf({ kubectl, targetOf: settledTarget, memory }),
    stage: changes => stageChanges(memory.staged, changes, namespace),
    write: async work => write(work, { kubectl, target: await target(), memory, signal, progress }),
    finish: async () => null,
    forget: () => memory.forget(),
    close: async () => closing.abort(),
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
