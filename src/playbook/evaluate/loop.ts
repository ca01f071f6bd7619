import type { Loop } from '../language/node.ts'
import { isEqual, isTrue } from '../python/compare.ts'
import {
  type CallArguments,
  type Operand,
  orElse,
  type Special,
  special,
  tuple,
  undefinedOf,
} from '../python/operand.ts'
import { iterate } from '../python/sequence.ts'
import { deeper, step } from './budget.ts'
import { evaluate } from './evaluate.ts'
import { type Frame, type Run, within } from './frame.ts'
import { assign } from './names.ts'
import { emptySink, madeOf } from './sink.ts'

/** {% for %}: goes through a list, text or mapping; what is set inside does not leave. */
export function runLoop(node: Loop, frame: Frame, run: Run): void {
  const over = evaluate(node.over, frame)
  through(node, over, { frame, run, level: 0 })
}

interface Around {
  readonly frame: Frame
  readonly run: Run
  readonly level: number
}

function through(node: Loop, over: Operand, { frame, run, level }: Around): void {
  const all = iterate(over)
  const entries = node.only ? chosen(node, all, frame) : all
  if (entries.length === 0) {
    run(node.otherwise, within(frame))
    return
  }
  const place: Place = { at: 0, entries, level, changed: null }
  const again = (call: CallArguments) => {
    const inner = { ...frame, sink: emptySink() }
    deeper(frame.machine, () => through(node, call.args[0] ?? null, { frame: inner, run, level: level + 1 }))
    return madeOf(inner.sink, frame.machine.converts)
  }
  const loop = loopOf(place, node.recursive ? again : null)
  for (; place.at < entries.length; place.at++) {
    step(frame.machine)
    const inner = within(frame)
    inner.names.own.set('loop', loop)
    assign(node.target, entries[place.at] as Operand, inner)
    if (run(node.body, inner) === 'break') return
  }
}

/** The entries that the loop's own condition lets through; `loop` counts only those. */
function chosen(node: Loop, entries: readonly Operand[], frame: Frame): readonly Operand[] {
  return entries.filter(entry => {
    step(frame.machine)
    const inner = within(frame)
    assign(node.target, entry, inner)
    return isTrue(evaluate(node.only as NonNullable<Loop['only']>, inner))
  })
}

interface Place {
  at: number
  readonly entries: readonly Operand[]
  readonly level: number
  changed: Operand | null
}

function loopOf(place: Place, again: Special['call'] | null): Operand {
  const parts = {
    type: 'LoopContext',
    text: () => `<LoopContext ${place.at + 1}/${place.entries.length}>`,
    attribute: (name: string) => part(name, place),
  }
  const refuse = () => {
    throw new Error("the loop must have the 'recursive' marker to be called")
  }
  return special({ ...parts, call: again ?? refuse })
}

function part(name: string, place: Place): Operand | undefined {
  const { at, entries, level } = place
  switch (name) {
    case 'index':
      return at + 1
    case 'index0':
      return at
    case 'revindex':
      return entries.length - at
    case 'revindex0':
      return entries.length - at - 1
    case 'first':
      return at === 0
    case 'last':
      return at === entries.length - 1
    case 'length':
      return entries.length
    case 'depth':
      return level + 1
    case 'depth0':
      return level
    case 'previtem':
      return orElse(entries[at - 1], () => undefinedOf(() => 'there is no previous item'))
    case 'nextitem':
      return orElse(entries[at + 1], () => undefinedOf(() => 'there is no next item'))
    default:
      return method(name, place)
  }
}

function method(name: string, place: Place): Operand | undefined {
  if (name !== 'cycle' && name !== 'changed') return undefined
  return special({
    type: 'method',
    text: () => `<bound method LoopContext.${name}>`,
    call({ args }) {
      if (name === 'cycle') return orElse(args[place.at % args.length], noCycle)
      const before = place.changed
      place.changed = tuple(args)
      return before === null || !isEqual(before, place.changed)
    },
  })
}

function noCycle(): never {
  throw new Error('no items for cycling given')
}
