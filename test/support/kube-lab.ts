import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '../../src/device/kube/open.ts'
import { type LabCluster, startCluster } from '../../src/lab/kube/cluster.ts'
import type { Device } from '../../src/model/device.ts'
import type { KubeObject } from '../../src/model/kube.ts'
import { kubectlProgram } from './where.ts'

export interface KubeLab {
  readonly cluster: LabCluster
  readonly kubeconfig: string
  readonly folder: string
  /** A new run against the cluster. */
  open(options?: {
    context?: string
    signal?: AbortSignal
    progress?: (step: string, text: string) => void
  }): Promise<Device<'kube'>>
  /** The arguments of every kubectl that was started since the last call. */
  calls(): Promise<readonly string[]>
  object(kind: string, name: string, namespace?: string): KubeObject | undefined
  close(): Promise<void>
}

/** The lab's cluster, and a kubectl that counts its calls and then is the real one. */
export async function startKubeLab(objects: readonly KubeObject[] = []): Promise<KubeLab> {
  const cluster = await startCluster({
    name: 'blue',
    nodes: [{ name: 'node-1', addresses: { v4: '192.0.2.1' }, podBlocks: ['10.1.0.0/26'], labels: { rack_id: '1' } }],
    crds: ['calico'],
    objects,
  })
  const folder = await mkdtemp(join(tmpdir(), 'weft-kube-'))
  const [kubeconfig, log, program] = ['config', 'calls', 'kubectl'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(kubeconfig, cluster.kubeconfig())
  await writeFile(
    program,
    `#!/bin/sh\necho "$@" >> ${log}\nexec ${kubectlProgram()} --cache-dir ${folder}/cache "$@"\n`,
  )
  await chmod(program, 0o755)
  return {
    cluster,
    kubeconfig,
    folder,
    open: ({ context, signal = new AbortController().signal, progress = () => {} } = {}) =>
      openCluster({
        endpoint: { host: 'blue', platform: 'kube', address: 'blue', kubeconfig, ...(context ? { context } : {}) },
        run: 'test',
        progress,
        signal,
        kubectl: program,
      }),
    async calls() {
      const text = await readFile(log, 'utf8').catch(() => '')
      await writeFile(log, '')
      return text.split('\n').filter(line => line !== '')
    },
    object: (kind, name, namespace) =>
      cluster
        .objects()
        .find(
          each =>
            each.kind === kind && each.metadata.name === name && (!namespace || each.metadata.namespace === namespace),
        ),
    async close() {
      await cluster.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
