import type { KubeObject, KubeRef } from '../../model/kube.ts'
import { groupOf } from '../../model/kube-kind.ts'

/** What kubectl prints for it: 'configmap/a', 'bgppeer.crd.projectcalico.org/rack-1-leaf-a'. */
export function printedAs(ref: KubeRef): string {
  const group = groupOf(ref.apiVersion)
  return `${ref.kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${ref.name}`
}

/** Many objects as one document for `-f -`. */
export function listOf(objects: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
}

/** What `-o json` printed: one object, a List, or nothing. Null when it cannot be read. */
export function objectsIn(stdout: string): readonly KubeObject[] | null {
  if (stdout.trim() === '') return []
  try {
    const answer = JSON.parse(stdout) as KubeObject & { items?: unknown }
    if (Array.isArray(answer.items) && answer.kind?.endsWith('List')) return answer.items as KubeObject[]
    return typeof answer.kind === 'string' && answer.metadata ? [answer] : null
  } catch {
    return null
  }
}
