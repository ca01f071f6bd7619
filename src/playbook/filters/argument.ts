import { subscriptOf } from '../python/attribute.ts'
import { isTrue } from '../python/compare.ts'
import { type CallArguments, isUndefined, type Operand, typeName, undefinedOf } from '../python/operand.ts'
import { iterate } from '../python/sequence.ts'
import { shown } from '../python/text.ts'

/** An argument by position or name, or what stands for it when it is not given. */
export function argument<D extends Operand | undefined>(
  { args, named }: CallArguments,
  index: number,
  name: string,
  otherwise: D,
): Operand | D {
  if (Object.hasOwn(named, name)) return named[name] as Operand
  return index < args.length ? (args[index] as Operand) : otherwise
}

export function textArgument(call: CallArguments, index: number, name: string, otherwise = ''): string {
  return shown(argument(call, index, name, otherwise))
}

export function numberArgument(call: CallArguments, index: number, name: string, otherwise: number): number {
  return Number(argument(call, index, name, otherwise))
}

export function flagArgument(call: CallArguments, index: number, name: string, otherwise = false): boolean {
  return isTrue(argument(call, index, name, otherwise))
}

/** The value as a list: a mapping gives its keys, text its letters. Throws Error for what cannot be gone through. */
export function listFrom(value: Operand): Operand[] {
  return [...iterate(value)]
}

/**
 * A value's part by a dotted path: 'vlans.0.name'. Undefined when it is not there. `otherwise` stands for a missing step, and the rest of the
 * path goes on from it, as in Jinja.
 */
export function pathValue(value: Operand, path: Operand, otherwise?: Operand): Operand | undefined {
  let found: Operand | undefined = value
  for (const part of typeof path === 'string' ? path.split('.') : [path]) {
    const key = typeof part === 'string' && /^\d+$/.test(part) ? Number(part) : part
    found = isUndefined(found) ? undefined : subscriptOf(found, key)
    if (found === undefined && otherwise === undefined) return undefined
    found = found === undefined ? (otherwise as Operand) : found
  }
  return found
}

/** As pathValue; what is not there is undefined, which fails where it is used. */
export function attributeAt(value: Operand, path: Operand, otherwise?: Operand): Operand {
  const found = pathValue(value, path, otherwise)
  return found === undefined
    ? undefinedOf(() => `'${typeName(value)} object' has no attribute '${shown(path)}': it is undefined`)
    : found
}
