import * as fc from 'fast-check'

export const HOSTS = ['leaf1', 'leaf2', 'leaf3']

/** A step of a random play as fast-check makes it, before its tasks have names. */
export type Sketch =
  | { readonly kind: Kind; readonly on: readonly string[]; readonly ignores: boolean; readonly notifies: boolean }
  | { readonly tasks: Sketch[]; readonly rescue: Sketch[]; readonly always: Sketch[] }

const KINDS = ['debug', 'fail', 'line', 'loop', 'include', 'flush_handlers', 'end_host'] as const
export type Kind = (typeof KINDS)[number]

/** Tasks that fail, end, loop, include, write and notify on some hosts, in blocks up to three deep. */
export const sketches: fc.Arbitrary<Sketch[]> = fc.letrec<{
  steps: Sketch[]
  step: Sketch
  task: Sketch
  block: Sketch
}>(tie => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
  step: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: tie('task') },
    { weight: 1, arbitrary: tie('block') },
  ),
  task: fc.record({
    kind: fc.constantFrom(...KINDS),
    on: fc.subarray(HOSTS),
    ignores: fc.boolean(),
    notifies: fc.boolean(),
  }),
  block: fc.record({
    tasks: tie('steps'),
    rescue: fc.oneof(fc.constant<Sketch[]>([]), tie('steps')),
    always: fc.oneof(fc.constant<Sketch[]>([]), tie('steps')),
  }),
})).steps

type Mapping = Record<string, unknown>

/** The steps as a playbook has them; each task has a name of its own, t1, t2 … in the order of writing. */
export function stepsOf(sketches: readonly Sketch[], number = { last: 0 }): Mapping[] {
  return sketches.map(sketch => {
    if (!('kind' in sketch)) {
      const [block, rescue, always] = [sketch.tasks, sketch.rescue, sketch.always].map(part => stepsOf(part, number))
      return { block, ...(rescue?.length ? { rescue } : {}), ...(always?.length ? { always } : {}) }
    }
    return taskOf(sketch, `t${++number.last}`)
  })
}

function taskOf({ kind, on, ignores, notifies }: Extract<Sketch, { kind: Kind }>, name: string): Mapping {
  const when = `inventory_hostname in ${JSON.stringify(on)}`
  const more = {
    ...(ignores ? { ignore_errors: true } : {}),
    ...(notifies ? { notify: ['told', 'topic'], changed_when: true } : {}),
  }
  if (kind === 'fail') return { name, fail: { msg: 'broken' }, when, ...more }
  if (kind === 'line') return { name, keep_line: { line: `${name} {{ inventory_hostname }}` }, when, ...more }
  if (kind === 'loop')
    return { name, debug: { msg: '{{ item }}' }, loop: ['a', 'b'], when, register: 'looped', ...more }
  if (kind === 'include') return { name, include_tasks: 'more.yml', when, vars: { of: name } }
  if (kind === 'flush_handlers') return { name, meta: 'flush_handlers' }
  if (kind === 'end_host') return { name, meta: 'end_host', when: `${when} and inventory_hostname == 'leaf1'` }
  return { name, debug: { msg: '{{ inventory_hostname }}' }, when, ...more }
}

/** The files of a run of these steps on the three hosts. YAML reads JSON, and every task has a line of its own. */
export function filesOf(sketches: readonly Sketch[], keywords: Mapping): Record<string, string> {
  const play = {
    name: 'random',
    hosts: 'all',
    gather_facts: false,
    ...keywords,
    tasks: stepsOf(sketches),
    handlers: [
      { name: 'told', debug: { msg: 'told' } },
      { name: 'other', listen: 'topic', keep_line: { line: 'told {{ inventory_hostname }}' } },
    ],
  }
  return {
    'hosts.ini': HOSTS.map(host => `${host} ansible_network_os=nxos\n`).join(''),
    'playbook.yml': JSON.stringify([play], null, 1),
    'more.yml': JSON.stringify([{ name: 'more for {{ of }}', debug: { msg: '{{ of }}' } }]),
  }
}
