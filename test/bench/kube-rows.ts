import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startCluster } from '../../src/lab/kube/cluster.ts'
import { has } from '../peers/program.ts'
import { weft } from './measure.ts'
import { duration, judged, type Row, shown } from './row.ts'

interface Bench {
  readonly folder: string
  readonly inventory: string
}

/** 40 objects, in one task and in eight: applied, then found in sync. */
export async function kubeRows(): Promise<Row[]> {
  if (!has('kubectl')) return [shown('Kubernetes, 40 objects', 'left out: no kubectl on this machine')]
  return [...(await rowsFor(1)), ...(await rowsFor(8))]
}

async function rowsFor(tasks: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const cluster = await startCluster({ name: 'blue', nodes: [], crds: ['calico'] })
  try {
    const kubeconfig = join(folder, 'config')
    writeFileSync(kubeconfig, cluster.kubeconfig())
    const inventory = join(folder, 'hosts.yml')
    writeFileSync(inventory, JSON.stringify({ all: { hosts: { 'blue-k8s': { weft_kubeconfig: kubeconfig } } } }))
    writeCountingKubectl(folder)
    const before = cluster.objects().length
    const apply = await counted({ folder, inventory }, tasks)
    const made = cluster.objects().length - before
    if (made < 40) throw new Error(`${made} objects were made, not 40`)
    const inSync = await counted({ folder, inventory }, tasks)
    const row = (what: string, limit: number, { processes, milliseconds }: typeof apply) =>
      judged(
        {
          what: `Kubernetes, 40 objects in ${tasks} task${tasks === 1 ? '' : 's'}, ${what}`,
          must: `${limit} kubectl`,
          measured: `${processes} kubectl, ${duration(milliseconds)}`,
        },
        processes <= limit,
      )
    return [row('in sync', 3, inSync), row('apply', 4, apply)]
  } finally {
    await cluster.close()
    rmSync(folder, { recursive: true })
  }
}

async function counted({ folder, inventory }: Bench, tasks: number) {
  const log = join(folder, 'calls')
  writeFileSync(log, '')
  const environment = { PATH: `${folder}${delimiter}${process.env.PATH}` }
  const { milliseconds } = await weft(['run', writePlaybook(folder, tasks), '-i', inventory], { environment })
  return { processes: readFileSync(log, 'utf8').split('\n').length - 1, milliseconds }
}

/** A kubectl that notes that it was started and then is the real one. */
function writeCountingKubectl(folder: string): void {
  const program = join(folder, 'kubectl')
  const script = `#!/bin/sh\necho >> ${folder}/calls\nPATH="\${PATH#*:}" exec kubectl --cache-dir ${folder}/cache "$@"\n`
  writeFileSync(program, script)
  chmodSync(program, 0o755)
}

function writePlaybook(folder: string, tasks: number): string {
  const file = join(folder, 'play.yml')
  const objects = Array.from({ length: 40 }, (_, index) => objectAt(index))
  const size = objects.length / tasks
  const parts = Array.from({ length: tasks }, (_, index) => objects.slice(index * size, (index + 1) * size))
  const play = { hosts: 'all', gather_facts: false, tasks: parts.map(definition => ({ k8s: { definition } })) }
  writeFileSync(file, JSON.stringify([play]))
  return file
}

/** BGP peers, IP pools, services and configuration, in turn. */
function objectAt(index: number): object {
  const metadata = { name: `bench-${index}` }
  const namespaced = { ...metadata, namespace: 'default' }
  const kinds = [
    {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'BGPPeer',
      metadata,
      spec: { peerIP: `192.0.2.${index}`, asNumber: 65102 },
    },
    {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'IPPool',
      metadata,
      spec: { cidr: `10.${index}.0.0/16`, blockSize: 26 },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: namespaced,
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: namespaced, data: { index: String(index) } },
  ]
  return kinds[index % kinds.length] as object
}
