import { type Expression, pathOf } from '../language/expression.ts'
import { calculate, signed } from '../python/arithmetic.ts'
import { attributeOf, subscriptOf } from '../python/attribute.ts'
import { holds, isTrue } from '../python/compare.ts'
import { calculateDates } from '../python/date.ts'
import { percent } from '../python/formats/percent.ts'
import { mappingOf } from '../python/item.ts'
import {
  defined,
  EMPTY,
  isDict,
  isSpecial,
  isUndefined,
  type Operand,
  orElse,
  tuple,
  typeName,
  type Undefined,
  undefinedOf,
} from '../python/operand.ts'
import { slice } from '../python/sequence.ts'
import { str } from '../python/text.ts'
import { step, stepsOf, weighed } from './budget.ts'
import { argumentsOf, evaluateCall } from './call.ts'
import type { Frame } from './frame.ts'
import { hostsContain, ofHosts } from './hosts.ts'
import { variable } from './names.ts'

type Of<T extends Expression['type']> = Extract<Expression, { type: T }>

/** The value of an expression. What is undefined is given back as such. Throws Error with Python's reason, UndefinedError where it is used. */
export function evaluate(node: Expression, frame: Frame): Operand {
  switch (node.type) {
    case 'literal':
      return node.value
    case 'name':
      return variable(node.name, frame)
    case 'attribute':
      return attribute(node, frame)
    case 'item':
      return item(node, frame)
    case 'slice':
      return sliced(node, frame)
    case 'call':
      return evaluateCall(node, frame, evaluate)
    case 'filter':
      return filtered(node, frame)
    case 'test':
      return tested(node, frame)
    case 'list':
      return listed(node, frame)
    case 'mapping':
      return mappingOf(node.entries.map(([key, value]) => [evaluate(key, frame), evaluate(value, frame)]))
    case 'unary':
      return unary(node, frame)
    case 'binary':
      return binary(node, frame)
    case 'text':
      return weighed(frame.machine, node.parts.map(part => str(evaluate(part, frame))).join(''))
    case 'compare':
      return compared(node, frame)
    case 'choice':
      if (isTrue(evaluate(node.test, frame))) return evaluate(node.yes, frame)
      return node.no ? evaluate(node.no, frame) : EMPTY
  }
}

function attribute(node: Of<'attribute'>, frame: Frame): Operand {
  const ofOthers = ofHosts(node, frame, evaluate)
  if (ofOthers) return orElse(ofOthers.value, () => missing(node, null, node.name))
  const parent = evaluate(node.of, frame)
  return orElse(attributeOf(parent, node.name), () => missing(node, parent, node.name))
}

function item(node: Of<'item'>, frame: Frame): Operand {
  const ofOthers = ofHosts(node, frame, evaluate)
  if (ofOthers) return orElse(ofOthers.value, () => missing(node, null, null))
  const parent = evaluate(node.of, frame)
  if (isUndefined(parent)) return parent
  const key = defined(evaluate(node.key, frame))
  return orElse(subscriptOf(parent, key), () => missing(node, parent, key))
}

function sliced(node: Of<'slice'>, frame: Frame): Operand {
  const parent = evaluate(node.of, frame)
  if (isUndefined(parent)) return parent
  const parts = node.parts.map(part => (part ? defined(evaluate(part, frame)) : null))
  return weighed(
    frame.machine,
    orElse(slice(parent, parts), () => missing(node, parent, null)),
  )
}

/** "'dict object' has no attribute 'b': "a.b" is undefined; there is a, c". */
function missing(node: Expression, parent: Operand, key: Operand): Undefined {
  return undefinedOf(() => {
    const path = pathOf(node)
    if (parent === null && key !== null) return `"${path}" is undefined`
    const type = parent === null ? 'none' : typeName(parent)
    const what = `'${type} object' has no attribute ${JSON.stringify(typeof key === 'bigint' ? String(key) : key)}: "${path}" is undefined`
    return isDict(parent) ? `${what}; there is ${Object.keys(parent).slice(0, 12).join(', ') || 'nothing'}` : what
  })
}

function filtered(node: Of<'filter'>, frame: Frame): Operand {
  const of = node.of ? evaluate(node.of, frame) : ''
  return applied(node, of, frame)
}

/** A filter on a value that is there already. */
export function applied({ name, args }: Pick<Of<'filter'>, 'name' | 'args'>, of: Operand, frame: Frame): Operand {
  const { machine } = frame
  step(machine, stepsOf(of))
  const found = machine.services.filter(name, of, argumentsOf(args, frame, evaluate))
  return found === undefined
    ? undefinedOf(() => `the filter ${name} finds nothing: its result is undefined`)
    : weighed(machine, found)
}

function tested(node: Of<'test'>, frame: Frame): boolean {
  const of = evaluate(node.of, frame)
  step(frame.machine, 1)
  return frame.machine.services.test(node.name, of, argumentsOf(node.args, frame, evaluate)) !== node.not
}

function listed(node: Of<'list'>, frame: Frame): Operand {
  const entries = node.entries.map(entry => evaluate(entry, frame))
  return node.tuple ? tuple(entries) : entries
}

function unary(node: Of<'unary'>, frame: Frame): Operand {
  const value = evaluate(node.of, frame)
  return node.operator === 'not' ? !isTrue(value) : signed(node.operator, defined(value))
}

function binary(node: Of<'binary'>, frame: Frame): Operand {
  const left = evaluate(node.left, frame)
  if (node.operator === 'and') return isTrue(left) ? evaluate(node.right, frame) : left
  if (node.operator === 'or') return isTrue(left) ? left : evaluate(node.right, frame)
  const right = defined(evaluate(node.right, frame))
  return weighed(frame.machine, operated(node.operator, defined(left), right))
}

function operated(operator: string, left: Operand, right: Operand): Operand {
  if (operator === '%' && typeof left === 'string') return percent(left, right)
  const ofDates = isSpecial(left) || isSpecial(right) ? calculateDates(operator, left, right) : undefined
  return ofDates ?? calculate(operator, left, right)
}

function compared(node: Of<'compare'>, frame: Frame): boolean {
  let left = evaluate(node.first, frame)
  for (const [operator, next] of node.rest) {
    const isHere = hostsContain(operator, left, { next, frame })
    if (isHere !== null) return isHere
    const right = evaluate(next, frame)
    step(frame.machine, operator.endsWith('in') ? stepsOf(right) : 1)
    if (!holds(operator, left, right)) return false
    left = right
  }
  return true
}
