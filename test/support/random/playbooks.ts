import * as fc from 'fast-check'
import { blockKeywords, POISON, playKeywords, taskKeywords } from './keywords.ts'
import { type For, moduleTask } from './module-tasks.ts'

type Step = Readonly<Record<string, unknown>>

/** A playbook and the files beside it, by path. */
export type Files = Readonly<Record<string, string>>

/** Where a task of a kind can be done from any host of a play. */
function placed(of: For, machine: string): Step {
  return of === null ? {} : { delegate_to: of === 'machine' ? machine : of }
}

function task(hosts: readonly string[]): fc.Arbitrary<Step> {
  return fc
    .tuple(moduleTask(hosts), taskKeywords, fc.constantFrom('node-1', 'localhost'), fc.nat(9))
    .map(([{ of, task: module }, keywords, machine, die]) => ({
      name: Object.keys(module)[0],
      ...keywords,
      ...(die === 0 ? {} : placed(of, machine)),
      ...module,
    }))
}

const INCLUDES = fc.constantFrom<Step>(
  { include_tasks: 'more.yml' },
  { include_tasks: { file: 'more.yml', apply: { check_mode: false, vars: POISON } } },
  { import_tasks: 'more.yml' },
  { include_role: { name: 'one', apply: { check_mode: false } } },
  { import_role: { name: 'one' } },
)

function step(hosts: readonly string[]): fc.Arbitrary<Step> {
  const one = task(hosts)
  const few = fc.array(one, { minLength: 1, maxLength: 2 })
  const block = fc
    .record({ block: few, rescue: few, always: few }, { requiredKeys: ['block'] })
    .chain(steps => blockKeywords.map(keywords => ({ ...keywords, ...steps })))
  const include = fc.tuple(INCLUDES, blockKeywords).map(([what, { check_mode, vars }]) => ({
    ...what,
    ...(check_mode === undefined ? {} : { check_mode }),
    ...(vars === undefined ? {} : { vars }),
  }))
  return fc.oneof({ weight: 6, arbitrary: one }, { weight: 2, arbitrary: block }, { weight: 1, arbitrary: include })
}

function play(hosts: readonly string[]): fc.Arbitrary<Step> {
  const steps = fc.array(step(hosts), { minLength: 2, maxLength: 5 })
  const few = fc.array(step(hosts), { maxLength: 1 })
  return fc
    .record({
      hosts: fc.constantFrom('all', 'node-1', 'localhost', 'localhost,node-1'),
      keywords: playKeywords,
      tasks: steps,
      pre_tasks: few,
      post_tasks: few,
      roles: fc.constantFrom([], ['one'], [{ role: 'one', check_mode: false, vars: POISON }]),
      handlers: task(hosts).map(handler => [{ ...handler, name: 'handler' }]),
    })
    .map(({ hosts: pattern, keywords, ...sections }) => ({
      gather_facts: false,
      ...keywords,
      hosts: pattern,
      ...sections,
    }))
}

/** Playbooks of all modules on all kinds of hosts, with every keyword that might open the door. */
export function playbooks(hosts: readonly string[]): fc.Arbitrary<Files> {
  return fc
    .record({
      plays: fc.array(play(hosts), { minLength: 1, maxLength: 2 }),
      more: fc.array(task(hosts), { minLength: 1, maxLength: 2 }),
      role: fc.array(task(hosts), { minLength: 1, maxLength: 2 }),
      handler: task(hosts),
    })
    .map(({ plays, more, role, handler }) => ({
      'site.yml': JSON.stringify(plays),
      'more.yml': JSON.stringify(more),
      'roles/one/tasks/main.yml': JSON.stringify(role),
      'roles/one/handlers/main.yml': JSON.stringify([{ ...handler, name: 'handler of a role' }]),
      'roles/one/defaults/main.yml': JSON.stringify(POISON),
      'vars/poison.yml': JSON.stringify(POISON),
      'group_vars/all.yml': JSON.stringify({ ansible_check_mode: false }),
    }))
}
