import type { Value } from '../../model/value.ts'
import type { CallArguments } from '../jinja/engine.ts'
import { isTrue, pythonRepr, pythonText } from '../jinja/python.ts'

/** An argument by position or name, or what stands for it when it is not given. */
export function argument<D extends Value | undefined>(
  { args, named }: CallArguments,
  index: number,
  name: string,
  otherwise: D,
): Value | D {
  if (Object.hasOwn(named, name)) return named[name] as Value
  return index < args.length ? (args[index] as Value) : otherwise
}

export function textArgument(call: CallArguments, index: number, name: string, otherwise = ''): string {
  return pythonText(argument(call, index, name, otherwise))
}

export function numberArgument(call: CallArguments, index: number, name: string, otherwise: number): number {
  return Number(argument(call, index, name, otherwise))
}

export function flagArgument(call: CallArguments, index: number, name: string, otherwise = false): boolean {
  return isTrue(argument(call, index, name, otherwise))
}

/** The value as a list: a mapping gives its keys, text its letters. Throws Error for what cannot be gone through. */
export function listFrom(value: Value): Value[] {
  if (Array.isArray(value)) return [...value]
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null) return Object.keys(value)
  throw new Error(`${pythonRepr(value)} is not a list`)
}

/**
 * A value's part by a dotted path: 'vlans.0.name'. Undefined when it is not there. `otherwise` stands for a missing step, and the rest of the
 * path goes on from it, as in Jinja.
 */
export function pathValue(value: Value, path: Value, otherwise?: Value): Value | undefined {
  let found: Value | undefined = value
  for (const part of typeof path === 'number' ? [path] : pythonText(path).split('.')) {
    if (typeof found === 'string' && /^\d+$/.test(String(part))) found = found[Number(part)]
    else if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) found = undefined
    else found = (found as Record<string | number, Value>)[part]
    if (found === undefined && otherwise === undefined) return undefined
    found ??= otherwise
  }
  return found
}
