import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import {
  deletionOf,
  type KubeChange,
  keptAs,
  renderKube,
  showKube,
  stillAbsent,
  titleOfChange,
} from '../../diff/kube/change.ts'
import { refuseImmutable } from '../../diff/kube/immutable.ts'
import { isReady } from '../../diff/kube/ready.ts'
import { secretValuesOf } from '../../diff/kube/secret.ts'
import { FailureError, toFailure } from '../../model/failure.ts'
import {
  conflictFailure,
  type KubeObject,
  type KubePreview,
  type KubeRead,
  type KubeRef,
  type KubeState,
} from '../../model/kube.ts'
import { kubeId, refOf, titleOf } from '../../model/kube-name.ts'
import type { ResourceModule, Verdict, Written } from '../../model/module.ts'
import { anything, flag, number, text } from '../argument.ts'
import { connectionArguments, connectionVariables } from './connection.ts'
import { documentsOf, objectOf } from './documents.ts'
import { type Outcome, resultOf } from './result.ts'

const Condition = z.strictObject({ type: text, status: text.optional(), reason: text.optional() })
const unsupported = (what: string) => z.literal(false, `weft does not ${what}`).optional().describe('Only false.')

const Args = z
  .strictObject({
    definition: anything.optional().describe('An object, a list of objects, or YAML text of many documents.'),
    resource_definition: anything.optional().describe('Another name of definition.'),
    inline: anything.optional().describe('Another name of definition.'),
    src: text.optional().describe('A file of definitions, looked up below files/.'),
    template: text.optional().describe('A template of definitions, looked up below templates/.'),
    kustomize: text.optional().describe('A folder for `kubectl kustomize`, looked up below files/.'),
    state: z
      .enum(['present', 'absent', 'patched'])
      .default('present')
      .describe('patched: as present, but what does not exist is not created.'),
    api_version: text
      .optional()
      .describe('For definitions without apiVersion (v1 where there is no definition at all).'),
    kind: text.optional(),
    name: text.optional(),
    namespace: text.optional().describe('For definitions without a namespace.'),
    force: flag.default(false).describe('Take fields over from other field managers.'),
    apply: flag.optional().describe('Accepted: weft always applies on the server.'),
    server_side_apply: z
      .strictObject({ field_manager: text.optional(), force_conflicts: flag.optional() })
      .optional()
      .describe('force_conflicts as force; the field manager is always weft.'),
    wait: flag.default(false).describe('Wait until it is rolled out, established, ready, or gone.'),
    wait_timeout: number.default(120).describe('Seconds to wait.'),
    wait_sleep: number.optional().describe('Accepted: weft polls at its own pace.'),
    wait_condition: Condition.optional().describe('Wait for this condition instead: type, status (True), reason.'),
    merge_type: anything.optional().describe('Accepted: server-side apply merges by the schema.'),
    validate: anything.optional().describe('Accepted: the server validates every object.'),
    append_hash: unsupported('append hashes to names').or(flag.pipe(z.literal(false))),
    continue_on_error: unsupported('go on after a refused object').or(flag.pipe(z.literal(false))),
    ...connectionArguments,
  })
  .check(context => {
    const { value: args, issues } = context
    const given = SOURCES.filter(name => args[name] !== undefined)
    const named = args.kind !== undefined && args.name !== undefined
    if (given.length > 1) {
      issues.push({
        code: 'custom',
        path: [given[1] ?? ''],
        message: `give only one of ${given.join(', ')}`,
        input: args,
      })
    }
    if (given.length === 0 && !named) {
      issues.push({
        code: 'custom',
        path: [],
        message: 'give a definition, src, kustomize, or kind and name',
        input: args,
      })
    }
  })
type Args = z.infer<typeof Args>

const SOURCES = ['definition', 'resource_definition', 'inline', 'src', 'template', 'kustomize'] as const

interface Seen {
  /** Which object it is, its namespace written out. */
  readonly ref: KubeRef
  readonly declared: KubeObject
  readonly preview: KubePreview
}

/** Keeps Kubernetes objects as declared, by server-side apply. */
export const k8s: ResourceModule<'kube', Args, readonly Seen[], KubeState> = {
  name: 'k8s',
  aliases: ['kubernetes.core.k8s', 'community.kubernetes.k8s', 'k8s_raw'],
  kind: 'kube',
  summary: 'Keeps Kubernetes objects as declared, by server-side apply',
  args: Args,
  examples: [
    {
      title: 'A BGP peer of Calico',
      yaml: `k8s:
  definition:
    apiVersion: projectcalico.org/v3
    kind: BGPPeer
    metadata: {name: rack-1-leaf-a}
    spec: {peerIP: 192.0.2.11, asNumber: 65102, nodeSelector: rack_id == "1"}`,
    },
    {
      title: 'Wait for a rollout',
      yaml: 'k8s: {src: web.yml, namespace: shop, wait: true, wait_timeout: 300}',
    },
    {
      title: 'Delete a namespace',
      yaml: 'k8s: {api_version: v1, kind: Namespace, name: shop, state: absent, wait: true}',
    },
  ],
  returns: {
    result: 'The object as it is after the task; several objects: result.results, one entry each',
    method: 'create, apply, delete or get',
  },
  connection: connectionVariables,
  resolve(args, files) {
    if (args.src !== undefined) return { ...args, src: undefined, definition: files.read('files', args.src).text }
    if (args.template !== undefined)
      return { ...args, template: undefined, definition: files.template(args.template).text }
    return args.kustomize === undefined ? args : { ...args, kustomize: files.find('files', args.kustomize) }
  },
  async prefetch(read, args) {
    await observe(read, args).catch(error => {
      // What concerns one object is its task's matter; what concerns the cluster is everyone's.
      if (toFailure(error).device?.line === undefined) throw error
    })
  },
  observe,
  plan: (state, args) => eachOnce(state.map(seen => planOne(seen, args))),
  render: changes => renderKube(changes),
  show: showKube,
  settled: async (read, args) => (args.wait ? settled(read, args) : { ok: true }),
  patience: args => (args.wait ? args.wait_timeout : 0),
  result: (changes, args, state) => resultOf(outcomesOf(changes, args, state)),
  now: registeredNow,
  secrets: declaredSecrets,
}

async function observe(read: KubeRead, args: Args): Promise<readonly Seen[]> {
  const declared = await objectsOf(read, args)
  if (args.state === 'absent') {
    const places = await read.place(declared.map(refOf))
    const live = await read.get(places)
    return declared.map((object, index) => seenAs(object, { live: live[index] ?? null, merged: null }, places[index]))
  }
  const previews = await read.preview(declared, { force: isForced(args) }).catch(async error => {
    await explainRefusal(read, declared)
    throw error
  })
  return declared.map((object, index) => seenAs(object, previews[index] as KubePreview))
}

/** What the server answers names the object best; `place` is where it belongs otherwise. */
function seenAs(declared: KubeObject, preview: KubePreview, place?: KubeRef): Seen {
  const answered = preview.merged ?? preview.live
  return { ref: answered ? refOf(answered) : (place ?? refOf(declared)), declared, preview }
}

/** Newer CRDs refuse an immutable field themselves, in words of CEL: what weft knows of the field says more. */
async function explainRefusal(read: KubeRead, declared: readonly KubeObject[]): Promise<void> {
  const live = await read.get(declared.map(refOf)).catch(() => [])
  for (const [index, object] of declared.entries()) {
    const found = live[index]
    if (found) refuseImmutable(found, object, true)
  }
}

function planOne({ ref, declared, preview }: Seen, args: Args): KubeChange {
  const { live, merged, conflict } = preview
  if (args.state === 'absent') return live ? deletionOf(live) : stillAbsent(ref)
  if (!merged || (args.state === 'patched' && !live)) return stillAbsent(ref)
  if (live) refuseDying(live)
  if (live) refuseImmutable(live, conflict ? declared : merged, conflict !== undefined)
  if (conflict) throw new FailureError(conflictFailure(titleOf(refOf(declared)), conflict))
  return keptAs(declared, { live, merged }, isForced(args))
}

/**
 * An object that is being deleted takes every change and is gone afterwards: it is not in sync, whatever it says.
 * @throws FailureError busy
 */
function refuseDying({ metadata, ...live }: KubeObject): void {
  if (!metadata.deletionTimestamp) return
  const waits = (metadata.finalizers as string[] | undefined)?.join(', ')
  throw new FailureError({
    code: 'busy',
    message: `${titleOf(refOf({ ...live, metadata }))} is being deleted since ${metadata.deletionTimestamp}${waits ? ` and waits for its finalizers ${waits}` : ''}.`,
    remedy: 'Run again when it is gone; what holds it up is in: kubectl describe.',
  })
}

/** @throws FailureError invalid: one object is declared twice, in two ways. */
function eachOnce(managed: readonly KubeChange[]): KubeChange[] {
  const known = new Map<string, KubeChange>()
  for (const each of managed) {
    const twin = known.get(each.id)
    if (twin && !isDeepStrictEqual(twin, each)) throw declaredTwice(each)
    known.set(each.id, each)
  }
  return [...known.values()]
}

function declaredTwice(change: KubeChange): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${titleOfChange(change)} is declared twice in one task, in two ways: they would undo each other.`,
    remedy: 'Declare it once, with everything that it should have.',
  })
}

function isForced(args: Args): boolean {
  return args.force || (args.server_side_apply?.force_conflicts ?? false)
}

/** What is declared, after `resolve`; the folder of a kustomization is built by kubectl. */
async function objectsOf(read: KubeRead, args: Args): Promise<readonly KubeObject[]> {
  const documents = args.kustomize === undefined ? declaredIn(args) : documentsOf(await read.kustomize(args.kustomize))
  const { api_version: apiVersion, kind, name, namespace } = args
  const defaults = { apiVersion: apiVersion ?? (documents.length > 0 ? undefined : 'v1'), kind, name, namespace }
  if (documents.length > 0) return documents.map(document => objectOf(document, defaults))
  if (kind && name) return [objectOf({}, defaults)]
  throw new FailureError({ code: 'invalid', message: 'The definition holds no object.' })
}

function declaredIn(args: Args): readonly Record<string, unknown>[] {
  return documentsOf(args.definition ?? args.resource_definition ?? args.inline)
}

/** A definition that cannot be read holds no secret that could be shown: its own failure quotes nothing of it. */
function declaredSecrets(args: Args): readonly string[] {
  try {
    return declaredIn(args).flatMap(document => secretValuesOf(document as unknown as KubeObject))
  } catch {
    return []
  }
}

async function settled(read: KubeRead, args: Args): Promise<Verdict> {
  const declared = await objectsOf(read, args)
  const live = await read.get(declared.map(refOf), { fresh: true })
  const verdicts = declared.map((object, index): Verdict => {
    const found = live[index] ?? null
    const title = titleOf(refOf(object))
    if (args.state === 'absent')
      return found ? { ok: false, state: 'waiting', because: `${title} is still there` } : { ok: true }
    if (!found)
      return args.state === 'patched' ? { ok: true } : { ok: false, state: 'waiting', because: `no ${title} yet` }
    const verdict = isReady(found, args.wait_condition)
    return verdict.ok ? verdict : { ...verdict, because: `${title}: ${verdict.because}` }
  })
  const open = verdicts.filter(verdict => !verdict.ok)
  return open.find(verdict => verdict.state === 'broken') ?? open[0] ?? { ok: true }
}

/** Uids, addresses and the status are the server's; a dry run's are nobody's. A deletion tells what was there, as it did before. */
async function registeredNow(read: KubeRead, { changes, args, state }: Written<Args, readonly Seen[], KubeState>) {
  if (args.state === 'absent') return resultOf(outcomesOf(changes, args, state))
  const live = await read.get(
    state.map(({ ref }) => ref),
    { fresh: true },
  )
  const outcomes = outcomesOf(changes, args, state)
  return resultOf(outcomes.map((each, at) => (each.method === 'get' ? each : { ...each, object: live[at] ?? null })))
}

function outcomesOf(changes: readonly KubeChange[], args: Args, state: readonly Seen[]): readonly Outcome[] {
  const ids = new Set(changes.map(change => change.id))
  return state.map(({ ref, preview: { live, merged } }): Outcome => {
    const changed = ids.has(kubeId(ref))
    if (args.state === 'absent') return { object: live, method: 'delete', changed }
    const method = args.state === 'patched' && !live ? 'get' : live ? 'apply' : 'create'
    return { object: method === 'get' ? null : changed ? merged : (live ?? merged), method, changed }
  })
}
