import { setTimeout as sleep } from 'node:timers/promises'
import { FailureError } from '../../model/failure.ts'
import type { KubeObject, KubeRef } from '../../model/kube.ts'
import { titleOf } from '../../model/kube-name.ts'
import { isMapping } from '../../model/value.ts'

const PATIENCE = { seconds: 60, pause: 500 }

/**
 * Waits until new kinds are served. weft polls by itself: `kubectl wait --for=jsonpath` came with 1.23 only.
 * @throws FailureError timeout.
 */
export async function awaitEstablished(
  refs: readonly KubeRef[],
  readLive: (refs: readonly KubeRef[]) => Promise<readonly (KubeObject | null)[]>,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + PATIENCE.seconds * 1000
  let waiting = refs
  while (waiting.length > 0) {
    const found = await readLive(waiting)
    waiting = waiting.filter((_, index) => !isEstablished(found[index] ?? null))
    if (waiting.length === 0) return
    if (performance.now() > end) throw tooLong(waiting)
    await sleep(PATIENCE.pause, undefined, { signal })
  }
}

function isEstablished(definition: KubeObject | null): boolean {
  const conditions = isMapping(definition?.status) ? definition.status.conditions : undefined
  return (
    Array.isArray(conditions) &&
    conditions.some(each => isMapping(each) && each.type === 'Established' && each.status === 'True')
  )
}

function tooLong(waiting: readonly KubeRef[]): FailureError {
  return new FailureError({
    code: 'timeout',
    message: `${waiting.map(titleOf).join(', ')} did not become Established within ${PATIENCE.seconds} seconds.`,
    remedy: 'Look at its conditions: another kind may hold its names.',
  })
}
