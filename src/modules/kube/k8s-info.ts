import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { isReady } from '../../diff/kube/ready.ts'
import { secretValuesOf } from '../../diff/kube/secret.ts'
import { type FailureError, toFailure } from '../../model/failure.ts'
import type { KubeObject, KubeQuery, KubeRead } from '../../model/kube.ts'
import type { ActionModule, ActionResult } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { flag, number, text, texts } from '../argument.ts'
import { connectionArguments, connectionVariables } from './connection.ts'

const Args = z.strictObject({
  kind: text.describe('What to ask for: Pod, BGPPeer, …'),
  api_version: text.default('v1').describe('Its apiVersion: projectcalico.org/v3.'),
  name: text.optional().describe('Only this object.'),
  namespace: text.optional().describe('Only in this namespace; in all of them when not given.'),
  label_selectors: texts.default([]).describe('Labels that all must match: app = web, tier in (a, b).'),
  field_selectors: texts.default([]).describe('Fields that all must match: spec.nodeName=node-1.'),
  wait: flag.default(false).describe('Wait until there is at least one and all are ready.'),
  wait_timeout: number.default(120).describe('Seconds to wait.'),
  wait_sleep: number.default(5).describe('Seconds between two looks.'),
  wait_condition: z
    .strictObject({ type: text, status: text.optional(), reason: text.optional() })
    .optional()
    .describe('Wait for this condition: type, status (True), reason.'),
  hidden_fields: texts.default([]).describe('Fields to leave out: metadata.managedFields.'),
  ...connectionArguments,
})
type Args = z.infer<typeof Args>

/** Asks a cluster for objects. */
export const k8sInfo: ActionModule<Args> = {
  name: 'k8s_info',
  aliases: ['kubernetes.core.k8s_info', 'community.kubernetes.k8s_info', 'k8s_facts'],
  kind: 'kube',
  changes: false,
  summary: 'Reads objects of a Kubernetes cluster',
  args: Args,
  examples: [
    {
      title: 'Wait until every node is Ready',
      yaml: 'k8s_info: {kind: Node, wait: true, wait_timeout: 300, wait_condition: {type: Ready, status: "True"}}',
    },
    {
      title: 'The BGP peers of a rack',
      yaml: `k8s_info:
  api_version: projectcalico.org/v3
  kind: BGPPeer
  label_selectors: [rack=1]
register: peers`,
    },
  ],
  returns: {
    resources: 'The objects, as the API has them',
    api_found: 'Whether the cluster serves the kind at all',
  },
  connection: connectionVariables,
  async run(context, args) {
    const read = await context.read('kube')
    const end = performance.now() + args.wait_timeout * 1000
    for (;;) {
      const answer = await ask(read, queryOf(args))
      const because = args.wait ? whyNot(answer, args) : null
      if (because === null) return resultOf(answer, args)
      if (performance.now() >= end) return { ...resultOf(answer, args), failure: tooLong(because, args) }
      await sleep(args.wait_sleep * 1000, undefined, { signal: context.signal })
    }
  },
}

/** What the cluster has; null where it does not serve the kind. */
type Found = readonly KubeObject[] | null

async function ask(read: KubeRead, query: KubeQuery): Promise<Found> {
  try {
    return await read.list(query)
  } catch (error) {
    const said = toFailure(error).device?.said ?? ''
    if (/doesn't have a resource type|no matches for kind/.test(said)) return null
    throw error
  }
}

function queryOf(args: Args): KubeQuery {
  const { api_version: apiVersion, kind, name, namespace } = args
  const [labels, fields] = [args.label_selectors.join(','), args.field_selectors.join(',')]
  return {
    apiVersion,
    kind,
    ...(name === undefined ? {} : { name }),
    // A name needs one namespace: kubectl's own default then, as kubernetes.core has it.
    ...(namespace ? { namespace } : name === undefined ? { allNamespaces: true } : {}),
    ...(labels ? { labelSelector: labels } : {}),
    ...(fields ? { fieldSelector: fields } : {}),
  }
}

function whyNot(found: Found, args: Args): string | null {
  if (!found) return `the cluster does not serve ${args.kind} of ${args.api_version}`
  if (found.length === 0) return `there is no such ${args.kind}`
  for (const object of found) {
    const verdict = isReady(object, args.wait_condition)
    if (!verdict.ok) return `${args.kind}/${object.metadata.name}: ${verdict.because}`
  }
  return null
}

function resultOf(found: Found, args: Args): ActionResult {
  const objects = found ?? []
  return {
    changed: false,
    values: { resources: objects.map(object => shown(object, args.hidden_fields)), api_found: found !== null },
    secrets: objects.flatMap(secretValuesOf),
  }
}

/** Without the fields that are to be hidden, and without managed fields, which kubectl before 1.21 prints unasked. */
function shown(object: KubeObject, hidden: readonly string[]): Value {
  const copy = structuredClone(object) as unknown as Record<string, unknown>
  for (const path of ['metadata.managedFields', ...hidden]) {
    const parts = path.split('.')
    const last = parts.pop() ?? ''
    const holder = parts.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], copy)
    if (typeof holder === 'object' && holder !== null) delete (holder as Record<string, unknown>)[last]
  }
  return copy as Value
}

function tooLong(because: string, args: Args): FailureError['failure'] {
  return {
    code: 'timeout',
    message: `After ${args.wait_timeout} seconds, ${because}.`,
    remedy: 'Raise wait_timeout, or look at the object with kubectl describe.',
  }
}
