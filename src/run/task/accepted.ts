import { isOfDevice, type Module } from '../../model/module.ts'
import type { Task } from '../../model/play.ts'
import { rememberedOf } from '../../model/remembered.ts'
import type { Value } from '../../model/value.ts'
import { checkArguments } from '../../playbook/read/arguments.ts'
import { isSame } from '../../playbook/template/same-value.ts'
import { dropOmitted } from '../../playbook/template/templar.ts'
import { rememberSecrets } from '../variables/secrets.ts'
import type { Scene } from './scene.ts'

/** What a task's schema has made of its arguments, and what their names say is secret. */
export interface Accepted {
  readonly checked: unknown
  readonly named: readonly string[]
}

/** What one task has accepted, the latest first: a fabric's switches are told mostly the same. */
interface Known {
  readonly byValues: { readonly values: readonly (Value | undefined)[]; readonly accepted: Accepted }[]
  readonly byText: Map<string, Accepted>
}

const MOST_VALUES = 8
const MOST_TEXTS = 32
const knownOf = rememberedOf((_: Task): Known => ({ byValues: [], byText: new Map() }))

/**
 * A task's arguments as its module's schema understands them. They are rendered only where the variables that they are made of have other
 * values than before, and checked only where their text is another: modules of devices never change what they are given.
 * @param names the variables that the arguments are made of (madeOf); null where they must be rendered to know
 */
export function acceptedArguments(
  scene: Scene,
  module: Module,
  { names, given }: { names: readonly string[] | null; given: () => Value },
): Accepted {
  if (!isOfDevice(module)) return accept(scene, module, given())
  const { byValues, byText } = knownOf(scene.placed.task)
  const values = names && valuesOf(scene, names)
  const before = values && byValues.find(entry => values.every((value, at) => isSame(value, entry.values[at])))
  if (before) return before.accepted
  const accepted = acceptedText(scene, module, { byText, given: given() })
  if (values) byValues.unshift({ values, accepted })
  if (byValues.length > MOST_VALUES) byValues.pop()
  return accepted
}

/** Null where one cannot be rendered: rendering the arguments says why. */
function valuesOf({ templar, variables }: Scene, names: readonly string[]): (Value | undefined)[] | null {
  try {
    return names.map(name => templar.valueOf(name, variables))
  } catch {
    return null
  }
}

function acceptedText(
  scene: Scene,
  module: Module,
  { byText, given }: { byText: Map<string, Accepted>; given: Value },
): Accepted {
  const text = JSON.stringify(given)
  const before = byText.get(text)
  if (before) return before
  const accepted = accept(scene, module, given)
  if (byText.size >= MOST_TEXTS) byText.clear()
  byText.set(text, accepted)
  return accepted
}

/** Secrets are followed before anything is said about the arguments. */
function accept({ placed: { task }, playRun: { run } }: Scene, module: Module, given: Value): Accepted {
  const written = dropOmitted(given)
  const named: string[] = []
  rememberSecrets({ add: secret => void named.push(secret) }, written)
  for (const secret of named) run.mask.add(secret)
  return { checked: checkArguments(module, written, { source: task.source, path: task.argsPath }), named }
}
