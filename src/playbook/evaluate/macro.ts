import type { MacroParts } from '../language/node.ts'
import { type CallArguments, type Operand, orElse, special, tuple, undefinedOf } from '../python/operand.ts'
import { deeper } from './budget.ts'
import { evaluate } from './evaluate.ts'
import { type Frame, type Run, within } from './frame.ts'
import { emptySink, madeOf } from './sink.ts'

/** A macro as a value that can be called; it sees the names of the place where it is defined. */
export function macroOf(macro: MacroParts, frame: Frame, run: Run): Operand {
  const names = macro.parameters.map(({ name }) => name)
  return special({
    type: 'Macro',
    text: () => `<Macro '${macro.name}'>`,
    attribute: name => (name === 'name' ? macro.name : name === 'arguments' ? tuple(names) : undefined),
    call: call => deeper(frame.machine, () => callMacro(macro, call, { frame, run })),
  })
}

function callMacro(macro: MacroParts, call: CallArguments, { frame, run }: { frame: Frame; run: Run }): Operand {
  const inner: Frame = { ...within(frame), sink: emptySink() }
  bind(macro, call, inner)
  run(macro.body, inner)
  return madeOf(inner.sink, frame.machine.converts)
}

/** Gives the parameters their values. Throws Error for arguments that the macro does not take. */
function bind(macro: MacroParts, { args, named }: CallArguments, inner: Frame): void {
  const rest = { ...named }
  const { own } = inner.names
  for (const [index, { name, otherwise }] of macro.parameters.entries()) {
    const byName = Object.hasOwn(rest, name)
    if (byName && index < args.length)
      throw new Error(`macro '${macro.name}' got multiple values for argument '${name}'`)
    const value =
      index < args.length ? args[index] : byName ? rest[name] : otherwise ? evaluate(otherwise, inner) : undefined
    delete rest[name]
    own.set(
      name,
      orElse(value, () => undefinedOf(() => `parameter '${name}' was not provided`)),
    )
  }
  bindRest(macro, { args: args.slice(macro.parameters.length), named: rest }, inner)
}

function bindRest({ name, reads, parameters }: MacroParts, { args, named }: CallArguments, { names }: Frame): void {
  const { caller, ...others } = named
  if (reads.has('caller'))
    names.own.set(
      'caller',
      orElse(caller, () => undefinedOf(() => 'No caller defined')),
    )
  else if (caller !== undefined) throw new Error(`macro '${name}' takes no keyword argument 'caller'`)
  if (reads.has('kwargs')) names.own.set('kwargs', others)
  else if (Object.keys(others).length > 0)
    throw new Error(`macro '${name}' takes no keyword argument '${Object.keys(others)[0]}'`)
  if (reads.has('varargs')) names.own.set('varargs', tuple(args))
  else if (args.length > 0) throw new Error(`macro '${name}' takes not more than ${parameters.length} argument(s)`)
}
