import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeObject } from '../../src/model/kube.ts'
import type { WholeLab } from './whole-lab.ts'

/** What a lab holds, a line for each thing, without what the devices count and stamp by themselves. Comparable with another lab's. */
export function standing({ leaf, apic, cluster }: WholeLab, folder: string): string[] {
  const objects = [...apic.objects().values()].map(({ dn, class: name, attributes }) => {
    const { modTs, uid, status, childAction, ...rest } = attributes
    return `apic ${dn} ${name} ${JSON.stringify(Object.entries(rest).sort())} ${apic.secret(dn) ?? ''}`
  })
  const kinds = ['ConfigMap', 'Namespace', 'BGPPeer']
  const kube = (cluster?.objects() ?? []).filter(({ kind }) => kinds.includes(kind)).map(configured)
  return [
    ...leaf
      .runningText()
      .split('\n')
      .map((line, at) => `switch ${at} ${line}`),
    ...objects.sort(),
    ...kube.sort(),
    ...files(folder),
  ]
}

function configured({ apiVersion, kind, metadata, ...rest }: KubeObject): string {
  const { managedFields, resourceVersion, generation, uid, creationTimestamp, ...kept } = metadata
  return `kube ${kind} ${JSON.stringify({ ...rest, metadata: kept })}`
}

function files(folder: string): string[] {
  const top = join(folder, 'canary')
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map(path => {
      const full = join(top, path)
      const stat = lstatSync(full)
      const content = stat.isFile() ? readFileSync(full, 'utf8') : stat.isSymbolicLink() ? readlinkSync(full) : ''
      return `file ${path} ${stat.mode.toString(8)} ${content}`
    })
    .sort()
}

/** Lines of one that the other lacks. */
export function differences(one: readonly string[], other: readonly string[]): string {
  const [here, there] = [new Set(one), new Set(other)]
  return [
    ...one.filter(line => !there.has(line)).map(line => `- ${line}`),
    ...other.filter(line => !here.has(line)).map(line => `+ ${line}`),
  ].join('\n')
}
