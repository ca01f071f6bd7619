import { FailureError } from '../../model/failure.ts'
import type { Task } from '../../model/play.ts'
import { positionOf } from '../../model/position.ts'
import type { Scope } from '../../model/scope.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { isPlain } from '../../playbook/template/plain.ts'
import type { Templar } from '../../playbook/template/templar.ts'

export interface LoopRound {
  readonly item: Value
  /** item (or loop_var), index_var, ansible_loop. */
  readonly variables: Variables
}

/** The rounds of a task's loop; null for a task without one. Throws FailureError when the list is undefined or no list. */
export function roundsOf(task: Task, templar: Templar, variables: Scope): LoopRound[] | null {
  if (!task.loop) return null
  const items = itemsOf(task, templar, variables)
  const control = task.loop.control
  const name = typeof control.loop_var === 'string' ? control.loop_var : 'item'
  const index = typeof control.index_var === 'string' ? control.index_var : null
  const extended = control.extended === true
  return items.map((item, at) => ({
    item,
    variables: {
      [name]: item,
      ansible_loop_var: name,
      ...(index ? { [index]: at, ansible_index_var: index } : {}),
      ...(extended ? { ansible_loop: positionIn(items, at) } : {}),
    },
  }))
}

function itemsOf(task: Task, templar: Templar, variables: Scope): readonly Value[] {
  const { form, over } = task.loop as NonNullable<Task['loop']>
  const value = isPlain(over) ? over : templar.render(over, variables)
  if (form !== 'loop') return templar.lookup(form, termsOf(form, value), variables)
  if (Array.isArray(value)) return value
  throw new FailureError({
    code: 'invalid',
    message: `Invalid data passed to 'loop': it requires a list, got ${kindOf(value)}.`,
    at: positionOf(task.source, ['loop']),
    remedy: isMapping(value)
      ? 'Use `loop: "{{ NAME | dict2items }}"`.'
      : 'Write a list, or an expression that yields one.',
  })
}

/** with_items flattens one level; with_first_found takes its list as one question; the rest take theirs as it is. */
function termsOf(form: string, value: Value): readonly Value[] {
  const terms = Array.isArray(value) ? value : [value]
  return form === 'items' ? terms.flatMap(term => (Array.isArray(term) ? term : [term])) : terms
}

function positionIn(items: readonly Value[], at: number): Value {
  return {
    allitems: items,
    index: at + 1,
    index0: at,
    first: at === 0,
    last: at === items.length - 1,
    length: items.length,
    revindex: items.length - at,
    revindex0: items.length - at - 1,
    ...(at > 0 ? { previtem: items[at - 1] as Value } : {}),
    ...(at < items.length - 1 ? { nextitem: items[at + 1] as Value } : {}),
  }
}

function kindOf(value: Value): string {
  if (value === null) return 'nothing'
  return isMapping(value)
    ? 'a mapping'
    : `${typeof value === 'string' ? 'the text' : 'the value'} ${JSON.stringify(value)}`
}
