import type { KubeObject } from '../../model/kube.ts'
import { refOf } from '../../model/kube-name.ts'
import type { Complaint } from './complaint.ts'
import { printedAs } from './documents.ts'
import { NO_KIND } from './live.ts'

/**
 * Which objects of an apply the server refused, and with which words. kubectl prints a line for each object that it applied and goes
 * on after a refusal, both in the order of its input; kinds that it cannot find it complains about first, before it sends anything.
 */
export function refusedOf(
  objects: readonly KubeObject[],
  stdout: string,
  complaints: readonly Complaint[],
): ReadonlyMap<KubeObject, Complaint> {
  const refused = new Map<KubeObject, Complaint>()
  const unserved = complaints.filter(complaint => NO_KIND.test(complaint))
  const words = complaints.filter(complaint => !NO_KIND.test(complaint))
  const printed = stdout.split('\n').filter(line => line.trim() !== '')
  for (const object of objects) {
    const unknown = unserved.find(complaint => isOfKind(complaint, object))
    const applied = printed.findIndex(line => line.startsWith(`${printedAs(refOf(object))} `))
    if (unknown) refused.set(object, unknown)
    else if (applied >= 0) printed.splice(applied, 1)
    else refused.set(object, '')
  }
  const unexplained = objects.filter(object => refused.get(object) === '')
  unexplained.forEach((object, index) => {
    const own = words.length === unexplained.length ? words[index] : words.find(word => names(word, object))
    refused.set(object, own ?? words.join('\n') ?? 'kubectl gave no reason.')
  })
  return refused
}

function isOfKind(complaint: Complaint, object: KubeObject): boolean {
  const found = NO_KIND.exec(complaint)
  return found?.[1] === object.kind && found[2] === object.apiVersion
}

function names(complaint: Complaint, object: KubeObject): boolean {
  return complaint.includes(`"${object.metadata.name}"`) || complaint.includes(`/${object.metadata.name};`)
}
