import type { Arguments, Expression } from '../language/expression.ts'
import { attributeOf, methodOf, noMethod } from '../python/attribute.ts'
import { pairsOf } from '../python/methods/mapping.ts'
import {
  type CallArguments,
  isSpecial,
  isUndefined,
  type Operand,
  typeName,
  UndefinedError,
} from '../python/operand.ts'
import { iterate } from '../python/sequence.ts'
import { step, stepsOf, weighed } from './budget.ts'
import type { Frame } from './frame.ts'

type Evaluate = (node: Expression, frame: Frame) => Operand

/** What a call, filter or test is given. */
export function argumentsOf(
  { positional, named, list, mapping }: Arguments,
  frame: Frame,
  evaluate: Evaluate,
): CallArguments {
  if (named.length === 0 && !list && !mapping)
    return { args: positional.length === 0 ? NOTHING : positional.map(each => evaluate(each, frame)), named: NO_NAMES }
  const more = list ? iterate(evaluate(list, frame)) : []
  const pairs = mapping ? pairsOf(evaluate(mapping, frame)) : []
  return {
    args: [...positional.map(each => evaluate(each, frame)), ...more],
    named: Object.fromEntries([
      ...named.map(([name, value]) => [name, evaluate(value, frame)]),
      ...pairs.map(([name, value]) => [String(name), value]),
    ]),
  }
}

const NOTHING: readonly Operand[] = []
const NO_NAMES: CallArguments['named'] = {}

/** value.name(…), NAME(…). Throws Error for what cannot be called. */
export function evaluateCall(
  { of, args }: Extract<Expression, { type: 'call' }>,
  frame: Frame,
  evaluate: Evaluate,
): Operand {
  const { machine } = frame
  step(machine)
  if (of.type === 'attribute') {
    const parent = evaluate(of.of, frame)
    const method = methodOf(parent, of.name)
    const call = argumentsOf(args, frame, evaluate)
    if (method) {
      step(machine, stepsOf(parent))
      return weighed(machine, method(parent as never, call))
    }
    const found = attributeOf(parent, of.name)
    if (found === undefined) throw new Error(noMethod(parent, of.name))
    return called(found, call, frame)
  }
  const callee = evaluate(of, frame)
  const call = argumentsOf(args, frame, evaluate)
  // The message for a function that is not there names the nearest one.
  if (isUndefined(callee) && of.type === 'name') return machine.services.call(of.name, call) ?? null
  return called(callee, call, frame)
}

/** A value that is called. Throws Error when it cannot be. */
export function called(callee: Operand, call: CallArguments, { machine }: Frame): Operand {
  if (isUndefined(callee)) throw new UndefinedError(callee)
  if (isSpecial(callee) && callee.call) return weighed(machine, callee.call(call))
  throw new Error(`'${typeName(callee)}' object is not callable`)
}
