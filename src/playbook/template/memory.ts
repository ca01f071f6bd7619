import { FailureError } from '../../model/failure.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'

/** What one renderer remembers between renderings. */
export interface Memory {
  readonly kept: WeakMap<Scope, Map<string, Kept>>
  /** Variables that are there but refer to something undefined. */
  readonly missing: WeakMap<Scope, Map<string, FailureError>>
  /** Variables being rendered, outermost first. */
  readonly open: { readonly name: string; readonly scope: Scope }[]
  /** How many volatile templates were rendered. */
  volatile: number
  /** How often data came into a rendering. */
  data: number
  /** What is rendered now is rendered ahead of time. */
  foresees: boolean
  /** A program would have had to be run for it. */
  unforeseen: boolean
  /** Volatile variables made in the `once` that lasts. */
  once: WeakMap<Scope, Map<string, Kept>> | null
}

export interface Kept {
  readonly value: Value
  readonly ofData: boolean
}

export function newMemory(): Memory {
  const [kept, missing] = [new WeakMap(), new WeakMap()]
  return { kept, missing, open: [], volatile: 0, data: 0, foresees: false, unforeseen: false, once: null }
}

export function remember<V>(
  kept: WeakMap<Scope, Map<string, V>>,
  { scope, name, value }: { scope: Scope; name: string; value: V },
): void {
  const known = kept.get(scope)
  if (known) known.set(name, value)
  else kept.set(scope, new Map([[name, value]]))
}

/**
 * Renders ahead of time: no program is run. Throws FailureError (unsafe) where one would have to be.
 * An error may be swallowed on its way (errors='ignore', default): that a program was needed is noted beside it.
 */
export function foresee<V>(work: () => V, memory: Memory): V {
  const before = { foresees: memory.foresees, unforeseen: memory.unforeseen }
  Object.assign(memory, { foresees: true, unforeseen: false })
  try {
    const value = once(work, memory)
    if (memory.unforeseen) throw unforeseen()
    return value
  } finally {
    Object.assign(memory, before)
  }
}

/** While `work` lasts, a variable that is made anew each time is made once. */
export function once<V>(work: () => V, memory: Memory): V {
  const before = memory.once
  memory.once ??= new WeakMap()
  try {
    return work()
  } finally {
    memory.once = before
  }
}

export function unforeseen(): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: 'no program is run for a name, or for what is only worked out ahead of time.',
    remedy: 'Run the program in a task of its own and register its output.',
  })
}
