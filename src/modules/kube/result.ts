import { maskedPair } from '../../diff/kube/secret.ts'
import type { KubeObject } from '../../model/kube.ts'
import type { Value } from '../../model/value.ts'

/** An object as `register` gets it: no managed fields, no Secret's values. */
export function registered(object: KubeObject | null): Value {
  if (!object) return {}
  const { managedFields: _managed, ...metadata } = object.metadata
  const [shown] = maskedPair({ ...object, metadata } as KubeObject, null as KubeObject | null)
  return shown as unknown as Value
}

export interface Outcome {
  readonly object: KubeObject | null
  readonly method: 'create' | 'apply' | 'delete' | 'get'
  readonly changed: boolean
}

/** As kubernetes.core returns it: one object directly, several as a list of results. */
export function resultOf(outcomes: readonly Outcome[]): Readonly<Record<string, Value>> {
  const results = outcomes.map(({ object, method, changed }) => ({ result: registered(object), method, changed }))
  const [only] = results
  if (only && results.length === 1) return { result: only.result, method: only.method }
  return { result: { results: results.map(each => ({ ...each, error: {} })) } }
}
