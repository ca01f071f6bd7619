import * as fc from 'fast-check'
import { PROCESS } from '../watch.ts'

/** A task's module and its arguments, ready to be a mapping of a playbook. */
export type ModuleTask = Readonly<Record<string, unknown>>

/** The kind of host that a task is for; null = any. */
export type For = 'leaf-a' | 'apic1' | 'blue' | 'machine' | null

/** Where files go; a template, so that one playbook fits every folder. */
const PLACE = '{{ canary }}'
const word = fc.constantFrom('a', 'b', 'c')
const path = fc.oneof(
  word.map(name => `${PLACE}/${name}`),
  fc.constantFrom(`${PLACE}/old`, `${PLACE}/new/`, `${PLACE}/link`),
)
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const on = fc.constantFrom(true, false)

const process = word.map(name => `touch ${PLACE}/${PROCESS}-${name}`)
const fileArguments = {
  mode: some(fc.constantFrom('0600', '0755')),
  backup: some(on),
  force: some(on),
  follow: some(on),
}
const validate = some(fc.constant(`touch ${PLACE}/${PROCESS}-validate %s`))

const lines = fc.oneof(
  word.map(name => ({ parents: ['interface loopback7'], lines: [`description ${name}`] })),
  word.map(name => ({ lines: [`vlan 4${name.charCodeAt(0)}`] })),
  word.map(name => ({
    parents: ['router bgp 65102', `neighbor 192.0.2.${name.charCodeAt(0)}`],
    lines: ['remote-as 65531'],
  })),
  fc.constant({ parents: ['router bgp 65102'], lines: ['no router-id 10.0.0.1'] }),
)
const saving = fc.constantFrom('always', 'never', 'modified', 'changed')
const typed = fc.constantFrom(
  'show version',
  'copy running-config startup-config',
  'write erase',
  'checkpoint mine',
  'clear ip bgp *',
  'configure terminal',
  'show running-config > bootflash:x',
  'show version | tee x',
  'show clock ; configure terminal',
  'no checkpoint mine',
  'reload',
)

const tenant = fc.oneof(
  word.map(descr => ({ fvTenant: { name: 'green', descr } })),
  word.map(name => ({ fvTenant: { name: 'green', fvCtx: { name } } })),
  word.map(name => ({ fvTenant: { name } })),
)
const objects = fc.oneof(
  word.map(a => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'old', namespace: 'default' },
    data: { a },
  })),
  word.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  word.map(name => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'BGPPeer',
    metadata: { name },
    spec: { peerIP: '192.0.2.1', asNumber: 65102 },
  })),
)

/** Arguments of every module, by its name; those that change something do so in nearly every case. */
export const MODULE_TASKS: Readonly<Record<string, { readonly of: For; readonly args: fc.Arbitrary<unknown> }>> = {
  nxos_config: {
    of: 'leaf-a',
    args: fc.tuple(lines, saving).map(([wish, save_when]) => ({ ...wish, save_when })),
  },
  nxos_command: {
    of: 'leaf-a',
    args: fc.record({ commands: fc.array(typed, { minLength: 1, maxLength: 2 }), retries: fc.constant(0) }),
  },
  nxos_facts: { of: 'leaf-a', args: fc.constant({}) },
  apic_rest: {
    of: 'apic1',
    args: fc.oneof(
      word.map(descr => ({
        path: '/api/mo/uni/tn-green.json',
        method: 'post',
        content: { fvTenant: { attributes: { name: 'green', descr } } },
      })),
      fc.constant({ path: '/api/mo/uni/tn-green/ctx-old.json', method: 'delete' }),
      fc.constant({ path: '/api/class/fvTenant.json', method: 'get' }),
    ),
  },
  apic_tree: {
    of: 'apic1',
    args: fc.record({ tree: tenant, state: fc.constantFrom('present', 'exact') }),
  },
  apic_query: { of: 'apic1', args: fc.constant({ class: 'fvTenant' }) },
  k8s: {
    of: 'blue',
    args: fc.record(
      {
        definition: objects,
        state: fc.constantFrom('present', 'absent', 'patched'),
        wait: on,
        wait_timeout: fc.constant(0),
      },
      { requiredKeys: ['definition'] },
    ),
  },
  k8s_info: { of: 'blue', args: fc.constant({ kind: 'ConfigMap', namespace: 'default' }) },
  command: {
    of: 'machine',
    args: fc.oneof(
      process,
      word.map(name => ({ argv: ['touch', `${PLACE}/${PROCESS}-${name}`] })),
      process.map(cmd => ({ cmd, chdir: PLACE, creates: `${PLACE}/none` })),
    ),
  },
  shell: {
    of: 'machine',
    args: fc.oneof(
      process,
      process.map(cmd => ({ cmd, stdin: 'x', removes: `${PLACE}/old` })),
    ),
  },
  copy: {
    of: 'machine',
    args: fc.oneof(
      fc.record({ content: word, dest: path, validate, ...fileArguments }),
      fc.record({ src: fc.constantFrom('one.txt', 'tree/', 'tree'), dest: path, ...fileArguments }),
      fc.record({ src: fc.constant(`${PLACE}/old`), remote_src: fc.constant(true), dest: path }),
    ),
  },
  template: { of: 'machine', args: fc.record({ src: fc.constant('one.j2'), dest: path, validate, ...fileArguments }) },
  uri: {
    of: 'machine',
    args: fc.record({
      url: word.map(name => `{{ web }}/${name}`),
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
      follow_redirects: some(fc.constantFrom('all', 'none')),
    }),
  },
  wait_for: {
    of: 'machine',
    args: fc.oneof(fc.constant({ path: `${PLACE}/old`, timeout: 1 }), fc.constant({ timeout: 0 })),
  },
  stat: { of: 'machine', args: fc.constant({ path: `${PLACE}/old` }) },
  slurp: { of: 'machine', args: fc.constant({ src: `${PLACE}/old` }) },
  setup: { of: 'machine', args: fc.constant({}) },
  set_fact: {
    of: null,
    args: fc.constantFrom({ ansible_check_mode: false }, { no: false, allow_in_plan: ['command', 'pipe'] }),
  },
  add_host: {
    of: null,
    args: fc.constant({ name: 'localhost', groups: 'more', ansible_check_mode: false, check_mode: false }),
  },
  group_by: { of: null, args: fc.constant({ key: 'checked' }) },
  include_vars: { of: null, args: fc.constant('poison.yml') },
  assert: { of: null, args: fc.constant({ that: ['true'] }) },
  debug: {
    of: null,
    args: fc.constantFrom({ msg: 'x' }, { msg: `{{ lookup('pipe', 'touch ' ~ canary ~ '/${PROCESS}-pipe') }}` }),
  },
  fail: { of: null, args: fc.constant({ msg: 'fails' }) },
  meta: { of: null, args: fc.constantFrom('flush_handlers', 'clear_host_errors', 'noop', 'refresh_inventory') },
  pause: { of: null, args: fc.constant({ seconds: 0 }) },
}

const names = Object.keys(MODULE_TASKS)

/** The names of modules that change something. */
export const CHANGING = /^(nxos_co|apic_[tr]|k8s$|command|shell|copy|template|uri)/

/** The modules that can be tried on the hosts that there are, those that change something more often than the others. */
export function moduleTask(hosts: readonly string[]): fc.Arbitrary<{ of: For; task: ModuleTask }> {
  const possible = names.filter(name => {
    const { of } = MODULE_TASKS[name] as { of: For }
    return of === null || of === 'machine' || hosts.includes(of)
  })
  return fc.oneof(
    ...possible.map(name => {
      const { of, args } = MODULE_TASKS[name] as (typeof MODULE_TASKS)[string]
      const arbitrary = args.map(given => ({ of, task: { [name]: given } }))
      return {
        weight: name === 'fail' ? 0 : name === 'k8s' || name === 'k8s_info' ? 3 : CHANGING.test(name) ? 6 : 1,
        arbitrary,
      }
    }),
    { weight: 1, arbitrary: fc.constant({ of: null, task: { fail: { msg: 'fails' } } }) },
  )
}
