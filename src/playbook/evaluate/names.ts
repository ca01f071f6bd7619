import type { Target } from '../language/node.ts'
import { enter } from '../python/crossing.ts'
import { isSpecial, type Operand, undefinedOf } from '../python/operand.ts'
import { iterate } from '../python/sequence.ts'
import type { Frame, Names } from './frame.ts'
import { globalOf } from './globals.ts'

/** The value of a name: what the template set, then variables, then Jinja's own functions; undefined as such. */
export function variable(name: string, frame: Frame): Operand {
  for (let names: Names | null = frame.names; names; names = names.outer) {
    const value = names.own.get(name)
    if (value !== undefined) return value
    if (names.isClosed) return globalOf(name, frame.machine) ?? undefinedOf(() => `'${name}' is undefined`, name)
  }
  return outside(name, frame)
}

/** Whether the template itself has set a name. */
export function isSet(name: string, frame: Frame): boolean {
  for (let names: Names | null = frame.names; names; names = names.outer) {
    if (names.own.has(name)) return true
    if (names.isClosed) return true
  }
  return false
}

function outside(name: string, { machine }: Frame): Operand {
  const known = machine.outside.get(name)
  if (known !== undefined) return known
  const found = machine.services.variable(name)
  const value =
    found === undefined
      ? (globalOf(name, machine) ?? undefinedOf(() => `'${name}' is undefined`, name))
      : enter(found, machine.changes)
  machine.outside.set(name, value)
  return value
}

/** Sets what a target names. Throws Error when there are more or fewer values than names, or for what is no namespace. */
export function assign(target: Target, value: Operand, frame: Frame): void {
  if (target.kind === 'name') frame.names.own.set(target.name, value)
  else if (target.kind === 'attribute') {
    const space = variable(target.of, frame)
    if (!isSpecial(space) || !space.set)
      throw new Error(`cannot assign attribute on non-namespace object "${target.of}"`)
    space.set(target.name, value)
  } else unpack(target.targets, value, frame)
}

function unpack(targets: readonly Target[], value: Operand, frame: Frame): void {
  const values = iterate(value)
  if (values.length < targets.length)
    throw new Error(`not enough values to unpack (expected ${targets.length}, got ${values.length})`)
  if (values.length > targets.length) throw new Error(`too many values to unpack (expected ${targets.length})`)
  for (const [index, each] of targets.entries()) assign(each, values[index] as Operand, frame)
}
