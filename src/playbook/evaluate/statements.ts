import { FailureError } from '../../model/failure.ts'
import type { Expression } from '../language/expression.ts'
import type { Node } from '../language/node.ts'
import { attributeOf } from '../python/attribute.ts'
import { isTrue } from '../python/compare.ts'
import type { Operand } from '../python/operand.ts'
import { deeper, grow, step } from './budget.ts'
import { argumentsOf, called } from './call.ts'
import { applied, evaluate } from './evaluate.ts'
import { type Frame, type Run, within } from './frame.ts'
import { runLoop } from './loop.ts'
import { macroOf } from './macro.ts'
import { assign } from './names.ts'
import { load, loadOne, moduleOf, namesFor, renderPage, runBlock } from './page.ts'
import { PlacedError, Problem } from './problem.ts'
import { emptySink, madeOf, write } from './sink.ts'

/** Runs the nodes of a template, or of a part of it. */
export const run: Run = (nodes, frame) => {
  let current: Node | undefined
  try {
    for (const node of nodes) {
      current = node
      const signal = runNode(node, frame)
      if (signal) return signal
    }
    return undefined
  } catch (error) {
    throw placed(error, current, frame)
  }
}

function placed(error: unknown, node: Node | undefined, { page }: Frame): unknown {
  if (error instanceof PlacedError || error instanceof FailureError) return error
  const cause = error instanceof RangeError && /call stack/.test(error.message) ? tooDeep() : error
  return new PlacedError(cause, { at: node && 'at' in node ? node.at : 0, text: page.template.text, file: page.file })
}

function tooDeep(): Error {
  return new Problem(
    'recursion limit exceeded: macros or templates call each other without an end',
    'Look at what calls itself.',
  )
}

function runNode(node: Node, frame: Frame): 'break' | 'continue' | undefined {
  step(frame.machine)
  switch (node.type) {
    case 'text':
      grow(frame.machine, write(frame.sink, node.text))
      return undefined
    case 'output':
      grow(frame.machine, write(frame.sink, evaluate(node.value, frame), staysText(node.value)))
      return undefined
    case 'if': {
      const branch = node.branches.find(({ test }) => test === null || isTrue(evaluate(test, frame)))
      return branch ? run(branch.body, frame) : undefined
    }
    case 'for':
      runLoop(node, frame, run)
      return undefined
    case 'set':
      assign(node.target, evaluate(node.value, frame), frame)
      return undefined
    case 'do':
      evaluate(node.value, frame)
      return undefined
    case 'break':
    case 'continue':
      return node.type
    default:
      return runOther(node, frame)
  }
}

type Other = Extract<Node, { type: 'capture' | 'with' | 'macro' | 'call' | 'block' | 'extends' | 'include' | 'import' }>

function runOther(node: Other, frame: Frame): 'break' | 'continue' | undefined {
  switch (node.type) {
    case 'capture':
      capture(node, frame)
      return undefined
    case 'with': {
      const inner = within(frame)
      const values = node.assignments.map(([, value]) => evaluate(value, frame))
      for (const [index, [target]] of node.assignments.entries()) assign(target, values[index] as Operand, inner)
      return run(node.body, inner)
    }
    case 'macro':
      frame.names.own.set(node.macro.name, macroOf(node.macro, frame, run))
      return undefined
    case 'call':
      grow(frame.machine, write(frame.sink, callWith(node, frame)))
      return undefined
    case 'block':
      runBlock(node, frame, run)
      return undefined
    case 'extends':
      frame.page.parent = loadOne(node.template, frame)
      frame.sink.isMuted = true
      return undefined
    case 'include':
      include(node, frame)
      return undefined
    case 'import':
      importNames(node, frame)
      return undefined
  }
}

/** Filters whose text Ansible leaves text, also where it looks like a list. */
const TEXT_FILTERS = /^(ansible\.builtin\.)?(string|to_json|to_nice_json|to_yaml|to_nice_yaml|ppretty|json)$/

/** Whether what an expression gives must stay text. */
export function staysText(node: Expression): boolean {
  return node.type === 'filter' && TEXT_FILTERS.test(node.name)
}

/** {% set x %} … {% endset %} and {% filter upper %} … {% endfilter %}. */
function capture(node: Extract<Node, { type: 'capture' }>, frame: Frame): void {
  const inner: Frame = { ...within(frame), sink: emptySink() }
  run(node.body, inner)
  let value = madeOf(inner.sink, frame.machine.converts)
  for (const filter of node.filters) value = applied(filter, value, frame)
  if (node.target) assign(node.target, value, frame)
  else grow(frame.machine, write(frame.sink, value))
}

/** {% call macro(…) %}: the body goes along as `caller`. */
function callWith({ call, caller }: Extract<Node, { type: 'call' }>, frame: Frame): Operand {
  const { of, args } = call as Extract<Expression, { type: 'call' }>
  const given = argumentsOf(args, frame, evaluate)
  const body = macroOf(caller, frame, run)
  const parent = of.type === 'attribute' ? evaluate(of.of, frame) : null
  const callee = of.type === 'attribute' ? attributeOf(parent, of.name) : evaluate(of, frame)
  if (callee === undefined) throw new Error(`there is no macro ${of.type === 'attribute' ? of.name : ''} to call`)
  return called(callee, { args: given.args, named: { ...given.named, caller: body } }, frame)
}

function include(node: Extract<Node, { type: 'include' }>, frame: Frame): void {
  const loaded = node.ignoresMissing ? load(node.template, frame) : loadOne(node.template, frame)
  if (!loaded) return
  const sink = emptySink()
  const { machine } = frame
  deeper(machine, () => renderPage(loaded, { machine, names: namesFor(frame, node.withContext), sink, run }))
  grow(machine, write(frame.sink, madeOf(sink, false)))
}

function importNames(node: Extract<Node, { type: 'import' }>, frame: Frame): void {
  const loaded = loadOne(node.template, frame)
  const module = moduleOf(loaded, frame, { names: namesFor(frame, node.withContext), run })
  if (typeof node.as === 'string') {
    frame.names.own.set(node.as, module)
    return
  }
  for (const [name, as] of node.as) frame.names.own.set(as, attributeOf(module, name) as Operand)
}
