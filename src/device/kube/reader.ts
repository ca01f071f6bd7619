import { complaintsOf } from '../../connection/kubectl/complaint.ts'
import type { Target } from '../../connection/kubectl/kubeconfig.ts'
import type { Kubectl } from '../../connection/kubectl/kubectl.ts'
import { listObjects } from '../../connection/kubectl/list.ts'
import { FailureError, toFailure } from '../../model/failure.ts'
import type { KubeObject, KubePreview, KubeRead, KubeRef } from '../../model/kube.ts'
import { keyOf, refOf } from '../../model/kube-name.ts'
import { refuseLess } from './less.ts'
import type { Memory } from './memory.ts'
import { nowhereFailure, type Outlook } from './preview.ts'
import { isPrepared, overlay, placed, placedObject } from './staged.ts'

type Settled<T> = PromiseSettledResult<T>

export interface ReaderOptions {
  readonly kubectl: Kubectl
  readonly targetOf: () => Promise<Target>
  readonly memory: Memory
  /** Whether kustomizations may fetch bases with git; left out = yes. */
  readonly fetches?: boolean
}

/** The reading side of a cluster, earlier tasks' planned changes applied. */
export function readerOf({ kubectl, targetOf, memory, fetches = true }: ReaderOptions): KubeRead {
  const built = new Map<string, Promise<string>>()
  return {
    preview: async (objects, options) => preview(memory, await targetOf(), objects, options?.force ?? false),
    get: async (refs, options) =>
      options?.fresh ? allOf(await memory.fresh(refs)) : getKept(memory, await targetOf(), refs),
    place: async refs => {
      const { namespace } = await targetOf()
      return refs.map(ref => placed(ref, memory.staged.values(), namespace))
    },
    list: async query => listObjects(kubectl, await targetOf(), query),
    kustomize(folder) {
      const text = built.get(folder) ?? kustomize(kubectl, folder, fetches)
      built.set(folder, text)
      return text
    },
  }
}

async function preview(memory: Memory, target: Target, objects: readonly KubeObject[], force: boolean) {
  const made = [...memory.staged.values(), ...objects]
  const inPlace = (object: KubeObject) => placedObject(object, made, target.namespace)
  const keyAt = (object: KubeObject) => keyOf(refOf(inPlace(object)), target.namespace)
  const stagedAt = (object: KubeObject) => memory.staged.get(keyAt(object))
  for (const object of objects) refuseLess(memory.declared.get(keyAt(object)), object)
  const asked = objects.filter(object => stagedAt(object) === undefined)
  const outlooks = await memory.outlooks(asked.map(object => ({ object, force })))
  return allOf(
    objects.map((object): Settled<KubePreview> => {
      const live = stagedAt(object)
      if (live !== undefined) return fulfilled(overStaged(live, inPlace(object)))
      const outlook = outlooks[asked.indexOf(object)] as Settled<Outlook>
      if (outlook.status === 'rejected') return outlook
      if (!('nowhere' in outlook.value)) return fulfilled(outlook.value)
      if (isPrepared(made, object)) return fulfilled({ live: null, merged: inPlace(object) })
      return { status: 'rejected', reason: nowhereFailure(outlook.value, object, target) }
    }),
  )
}

function overStaged(live: KubeObject | null, object: KubeObject): KubePreview {
  return { live, merged: live === null ? object : (overlay(live, object) as KubeObject) }
}

async function getKept(memory: Memory, target: Target, refs: readonly KubeRef[]) {
  const stagedAt = (ref: KubeRef) => memory.staged.get(keyOf(ref, target.namespace))
  const asked = refs.filter(ref => stagedAt(ref) === undefined)
  const live = await memory.live(asked)
  return allOf(
    refs.map((ref): Settled<KubeObject | null> => {
      const staged = stagedAt(ref)
      return staged === undefined ? (live[asked.indexOf(ref)] as Settled<KubeObject | null>) : fulfilled(staged)
    }),
  )
}

function fulfilled<T>(value: T): Settled<T> {
  return { status: 'fulfilled', value }
}

/** All answers, or the first failure with the number of the others. */
function allOf<T>(settled: readonly Settled<T>[]): readonly T[] {
  const failures = settled.flatMap(each => (each.status === 'rejected' ? [toFailure(each.reason)] : []))
  const [first] = failures
  if (!first) return settled.map(each => (each as PromiseFulfilledResult<T>).value)
  if (failures.length === 1) throw new FailureError(first)
  const others = failures.slice(1).map(failure => failure.device?.line ?? failure.message)
  throw new FailureError({ ...first, message: `${first.message} So did: ${[...new Set(others)].join(', ')}.` })
}

/** Helm charts and plugins stay off in any case: kubectl has to be told to start those. */
async function kustomize(kubectl: Kubectl, folder: string, fetches: boolean): Promise<string> {
  const answer = await kubectl(['kustomize', folder], { local: true, ...(fetches ? {} : { environment: NO_FETCHING }) })
  if (answer.code === 0) return answer.stdout
  if (!fetches && /transport '.*' not allowed/.test(answer.stderr)) throw notFetched(folder)
  throw new FailureError({
    code: 'invalid',
    message: `kubectl cannot build the kustomization in ${folder}.`,
    device: { said: complaintsOf(answer.stderr).join('\n') },
  })
}

/** git then lets no way to another repository be used: https, ssh with its commands, files. */
const NO_FETCHING = { GIT_ALLOW_PROTOCOL: '' }

function notFetched(folder: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `The kustomization in ${folder} fetches another repository with git; a plan does not.`,
    remedy:
      'Keep the base in this repository, or allow it in your own settings (docs/settings.md): allow_in_plan: [kustomize].',
  })
}
