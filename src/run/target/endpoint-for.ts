import { endpointOf } from '../../connection/endpoint.ts'
import type { Endpoint } from '../../model/host.ts'
import type { Kind } from '../../model/kind.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value, Variables } from '../../model/value.ts'
import { isPlain } from '../../playbook/template/plain.ts'
import type { Run } from '../state.ts'
import type { Scene } from '../task/scene.ts'
import { connectionNames } from '../variables/variables.ts'

interface Known {
  readonly names: readonly string[]
  readonly values: readonly (Value | undefined)[]
  readonly endpoint: Endpoint
}

const memory = new WeakMap<Run, Map<string, Known>>()

/**
 * How to reach the host of a scene (or its delegate). Every task asks, and nearly always the connection variables in `source` are those of
 * the task before: where they hold no templates and are the very same, so is the answer.
 * @param rendered the connection variables, rendered; called only where they must be.
 */
export function endpointFor(
  scene: Scene,
  { kind, source, overrides, rendered }: { kind: Kind; source: Scope; overrides: Variables; rendered: () => Variables },
): Endpoint {
  const host = scene.delegate ?? scene.host
  const known = memory.get(scene.playRun.run) ?? new Map<string, Known>()
  if (known.size === 0) memory.set(scene.playRun.run, known)
  const names = connectionNames(source)
  const isUsual = Object.keys(overrides).length === 0
  const before = isUsual ? known.get(`${kind} ${host}`) : undefined
  if (before && isSame(before, names, source)) return before.endpoint
  const endpoint = endpointOf(host, rendered(), kind, overrides)
  const values = names.map(name => source.values[name])
  if (isUsual && values.every(value => isPlain(value ?? null)))
    known.set(`${kind} ${host}`, { names, values, endpoint })
  return endpoint
}

function isSame(before: Known, names: readonly string[], source: Scope): boolean {
  return (
    before.names.length === names.length &&
    names.every((name, at) => before.names[at] === name && before.values[at] === source.values[name])
  )
}
