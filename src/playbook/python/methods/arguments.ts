import { type CallArguments, defined, isInteger, type Operand, typeName } from '../operand.ts'

/** A method of Python: the value it is called on, and what it is called with. */
export type Method = (of: never, call: CallArguments) => Operand

/** An argument by place or name; undefined when it is not given. Throws UndefinedError for what is not defined. */
export function given({ args, named }: CallArguments, place: number, name?: string): Operand | undefined {
  const value =
    place < args.length ? args[place] : name !== undefined && Object.hasOwn(named, name) ? named[name] : undefined
  return value === undefined ? undefined : defined(value)
}

/** A text; `otherwise` when it is not given or None. Throws Error for another type. */
export function textGiven(call: CallArguments, place: number, name: string, otherwise?: string): string {
  const value = given(call, place, name) ?? otherwise
  if (typeof value === 'string') return value
  throw new Error(value === undefined ? `the argument "${name}" is missing` : `must be str, not ${typeName(value)}`)
}

/** An integer. Throws Error for another type. */
export function integerGiven(call: CallArguments, place: number, name: string, otherwise?: number): number {
  const value = given(call, place, name) ?? otherwise
  if (isInteger(value)) return Number(value)
  throw new Error(
    value === undefined
      ? `the argument "${name}" is missing`
      : `'${typeName(value)}' object cannot be interpreted as an integer`,
  )
}
