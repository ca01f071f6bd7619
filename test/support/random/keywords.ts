import * as fc from 'fast-check'
import { PROCESS } from '../watch.ts'

/** Values by which a playbook might want to be out of check mode. */
const off = fc.constantFrom<unknown>(
  false,
  'no',
  '{{ false }}',
  '{{ ansible_check_mode and false }}',
  '{{ not ansible_check_mode }}',
  0,
)
const flag = fc.constantFrom<unknown>(true, false, '{{ true }}', '{{ 1 == 2 }}')

/** Variables that look as if they decided about check mode. */
export const POISON = {
  ansible_check_mode: false,
  ansible_diff_mode: false,
  check_mode: false,
  allow_in_plan: ['pipe', 'command', 'shell', 'copy', 'template', 'uri'],
  weft_allow_in_plan: ['command', 'pipe'],
  mode: 'run',
  no: false,
}
const ENVIRONMENT = {
  WEFT_CONFIG: '{{ canary }}/../weft.yml',
  XDG_CONFIG_HOME: '{{ canary }}/..',
  ANSIBLE_CHECK_MODE: 'false',
}
const pipe = `{{ lookup('pipe', 'touch ' ~ canary ~ '/${PROCESS}-lookup') }}`
const poison = fc.oneof(fc.constant<unknown>(POISON), fc.constant<unknown>({ ...POISON, made: pipe }))

/** Keywords that plays, blocks and tasks share; each is there one time in four, check_mode more often. */
const SHARED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  vars: poison,
  run_once: flag,
  diff: flag,
  any_errors_fatal: fc.constant(false),
  throttle: fc.constant(1),
  environment: fc.constant(ENVIRONMENT),
  tags: fc.constantFrom(['always'], ['never', 'always'], ['x']),
  timeout: fc.constant(30),
  become: fc.constant(false),
  collections: fc.constant(['cisco.nxos']),
  module_defaults: fc.constantFrom({ command: { chdir: '{{ canary }}' } }, { copy: { mode: '0600' } }),
}
const TASK: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...SHARED,
  loop: fc.constantFrom([1], [1, 2], '{{ [1, 2] }}'),
  register: fc.constantFrom('kept', 'ansible_check_mode'),
  when: fc.constantFrom('true', 'ansible_check_mode', 'not ansible_check_mode', 'not (ansible_check_mode | bool)'),
  changed_when: fc.constantFrom('true', 'false'),
  failed_when: fc.constantFrom('false', 'ansible_check_mode and false'),
  notify: fc.constant(['handler']),
  delegate_facts: flag,
  connection: fc.constantFrom('local', 'ssh'),
  poll: fc.constant(0),
  async: fc.constant(0),
}
const UNTIL = fc.constantFrom(
  { until: 'true', retries: 1, delay: 0 },
  { until: 'not ansible_check_mode', retries: 1, delay: 0 },
)

function sometimes(table: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(table).map(([name, value]) =>
    fc.tuple(fc.nat(3), value).map(([die, kept]) => [name, kept, die] as const),
  )
  return fc
    .tuple(...entries)
    .map(all => Object.fromEntries(all.filter(([, , die]) => die === 0).map(([name, kept]) => [name, kept])))
}

const checkMode = fc
  .option(off, { freq: 2, nil: undefined })
  .map(check_mode => (check_mode === undefined ? {} : { check_mode }))

/** A playbook that ends at its first failure tries little. */
const goesOn = fc.nat(5).map(die => (die === 0 ? {} : { ignore_errors: true }))

/** What stands beside the module of a task. */
export const taskKeywords = fc
  .tuple(sometimes(TASK), checkMode, fc.option(UNTIL, { freq: 1, nil: {} }), goesOn)
  .map(parts => Object.assign({}, ...parts) as Record<string, unknown>)

export const blockKeywords = fc
  .tuple(sometimes(SHARED), checkMode)
  .map(parts => Object.assign({}, ...parts) as Record<string, unknown>)

export const playKeywords = fc
  .tuple(
    sometimes(SHARED),
    checkMode,
    sometimes({
      serial: fc.constant(1),
      force_handlers: flag,
      strategy: fc.constantFrom('linear', 'free'),
      gather_facts: flag,
    }),
  )
  .map(parts => Object.assign({}, ...parts) as Record<string, unknown>)
