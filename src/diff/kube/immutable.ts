import { isDeepStrictEqual } from 'node:util'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'

/**
 * Refuses changes that a CNI takes but does not carry out: the resource would say one thing, the nodes another (domain.md §4, from
 * Calico's IPPool and the operator's Installation). `wanted` is the whole object, or only what is declared of it (`partial`).
 * @throws FailureError unsafe.
 */
export function refuseImmutable(live: KubeObject, wanted: KubeObject, partial = false): void {
  if (!/(^|\.)(projectcalico\.org|tigera\.io)\//.test(live.apiVersion)) return
  if (live.kind === 'IPPool') refusePool(live, wanted, partial)
  if (live.kind === 'Installation') refuseInstallation(live, wanted, partial)
}

const POOL_FIELDS = ['cidr', 'blockSize']

function refusePool(live: KubeObject, wanted: KubeObject, partial: boolean): void {
  for (const field of POOL_FIELDS) {
    const [old, asked] = [at(live, ['spec', field]), at(wanted, ['spec', field])]
    if (old === undefined || isDeepStrictEqual(old, asked) || (partial && asked === undefined)) continue
    throw unsafe(
      `IPPool ${live.metadata.name}: spec.${field} is ${JSON.stringify(old)} and cannot become ${JSON.stringify(asked)}: pods keep the addresses and blocks they have.`,
      'Declare a new pool under another name, disable the old one (disabled: true), move the pods, then delete it.',
    )
  }
}

function refuseInstallation(live: KubeObject, wanted: KubeObject, partial: boolean): void {
  const path = ['spec', 'calicoNetwork', 'ipPools']
  const [old, asked] = [at(live, path), at(wanted, path)]
  if (old === undefined || isDeepStrictEqual(old, asked) || (partial && asked === undefined)) return
  throw unsafe(
    `Installation ${live.metadata.name}: spec.calicoNetwork.ipPools is fixed at install; the operator does not carry the change to the nodes.`,
    'Leave ipPools as they are, and declare further pools as IPPool resources.',
  )
}

function unsafe(message: string, remedy: string): FailureError {
  const failure: Failure = { code: 'unsafe', message, remedy }
  return new FailureError(failure)
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isMapping(inner) ? inner[name] : undefined), value)
}
