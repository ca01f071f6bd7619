import type { KubeObject, KubeQuery } from '../../model/kube.ts'
import { groupOf } from '../../model/kube-kind.ts'
import { complaintFailure, complaintsOf } from './complaint.ts'
import { objectsIn } from './documents.ts'
import type { Target } from './kubeconfig.ts'
import type { Kubectl } from './kubectl.ts'
import { NO_KIND, unparseable } from './live.ts'

/** kubectl's words for a kind that the server does not serve, when it is asked for by name rather than by a document. */
const NO_RESOURCE = /doesn't have a resource type/

/**
 * `kubectl get` with selectors, never cached. Empty where nothing matches.
 * @throws FailureError rejected where the server does not serve the kind; denied, unreachable, timeout, busy.
 */
export async function listObjects(kubectl: Kubectl, target: Target, query: KubeQuery): Promise<readonly KubeObject[]> {
  const place = query.allNamespaces ? ['--all-namespaces'] : query.namespace ? ['--namespace', query.namespace] : []
  const labels = query.labelSelector ? [`--selector=${query.labelSelector}`] : []
  const fields = query.fieldSelector ? [`--field-selector=${query.fieldSelector}`] : []
  const what = [resourceOf(query), ...(query.name === undefined ? [] : [query.name])]
  const args = ['get', ...place, ...labels, ...fields, '-o', 'json', '--ignore-not-found', '--', ...what]
  const answer = await kubectl(args)
  if (answer.code !== 0) throw complaintFailure(complaintsOf(answer.stderr).join('\n'), target.context, whatOf(query))
  const objects = objectsIn(answer.stdout)
  if (!objects) throw unparseable(target, answer.stdout)
  return objects
}

/** True for the failure of a list whose kind the server does not serve. */
export function isUnserved(said: string | undefined): boolean {
  return said !== undefined && (NO_RESOURCE.test(said) || NO_KIND.test(said))
}

/** 'Deployment.v1.apps', 'Pod.v1.': kubectl's full form, which no short name of another group can shadow. */
function resourceOf(query: KubeQuery): string {
  const version = query.apiVersion.slice(query.apiVersion.indexOf('/') + 1)
  return `${query.kind}.${version}.${groupOf(query.apiVersion)}`
}

function whatOf(query: KubeQuery): string {
  return [query.kind, query.namespace, query.name].filter(part => part !== undefined).join('/')
}
