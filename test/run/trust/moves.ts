/** A way by which a value travels on: from one expression to another. `n` makes its names and files its own. */
export interface Move {
  tasks(from: string, n: number): string
  to(from: string, n: number): string
  files?(from: string, n: number): Readonly<Record<string, string>>
  readonly runOnly?: boolean
}

/** A template of the expression, as a YAML text. */
export function templateOf(from: string): string {
  return JSON.stringify(`{{ ${from} }}`)
}

const t = templateOf

export const moves: Readonly<Record<string, Move>> = {
  set_fact: { tasks: (from, n) => `- set_fact: { f${n}: ${t(from)} }\n`, to: (_, n) => `f${n}` },
  'set_fact within a mapping': {
    tasks: (from, n) => `- set_fact: { f${n}: { a: [${t(from)}] } }\n`,
    to: (_, n) => `f${n}.a[0]`,
  },
  'register of what a task says': {
    tasks: (from, n) => `- debug: { msg: ${t(from)} }\n  register: r${n}\n`,
    to: (_, n) => `r${n}.msg`,
  },
  'the items of a loop': {
    tasks: (from, n) => `- debug: { msg: ${t('item')} }\n  loop: [${t(from)}]\n  register: r${n}\n`,
    to: (_, n) => `r${n}.results[0].msg`,
  },
  'the results of a loop': {
    tasks: (from, n) =>
      `- debug: { msg: ${t('each.a')} }\n  loop: ${t(`[{'a': ${from}}]`)}\n  loop_control: { loop_var: each, index_var: at, extended: true }\n  register: r${n}\n`,
    to: (_, n) => `r${n}.results[0].each.a`,
  },
  'with_items over results': {
    tasks: (from, n) =>
      `- debug:\n  with_items: [[${t(from)}]]\n  register: q${n}\n- set_fact: { f${n}: ${t('item.item')} }\n  with_items: ${t(`q${n}.results`)}\n`,
    to: (_, n) => `f${n}`,
  },
  'a loop whose variable hides one that is written': {
    tasks: (from, n) =>
      `- vars: { l${n}: ${t("'w'")} }\n  block:\n    - debug: { msg: ${t(`l${n}`)} }\n      loop: [${t(from)}]\n      loop_control: { loop_var: l${n} }\n      register: r${n}\n`,
    to: (_, n) => `r${n}.results[0].msg`,
  },
  'a fact that hides a variable that is written': {
    tasks: (from, n) =>
      `- vars: { h${n}: ${t("'w'")} }\n  block:\n    - set_fact: { h${n}: ${t(from)} }\n    - set_fact: { f${n}: ${t(`h${n}`)} }\n`,
    to: (_, n) => `f${n}`,
  },
  'a result that hides a variable that is written': {
    tasks: (from, n) =>
      `- vars: { h${n}: ${t("'w'")} }\n  block:\n    - debug: { msg: ${t(from)} }\n      register: h${n}\n    - set_fact: { f${n}: ${t(`h${n}.msg`)} }\n`,
    to: (_, n) => `f${n}`,
  },
  with_dict: {
    tasks: (from, n) => `- set_fact: { f${n}: ${t('item.value')} }\n  with_dict: { a: ${t(from)} }\n`,
    to: (_, n) => `f${n}`,
  },
  "a task's variable": {
    tasks: (from, n) => `- set_fact: { f${n}: ${t(`v${n}`)} }\n  vars: { v${n}: ${t(`w${n}`)}, w${n}: ${t(from)} }\n`,
    to: (_, n) => `f${n}`,
  },
  "a block's variable": {
    tasks: (from, n) => `- vars: { v${n}: ${t(from)} }\n  block:\n    - set_fact: { f${n}: ${t(`v${n}`)} }\n`,
    to: (_, n) => `f${n}`,
  },
  hostvars: {
    tasks: (from, n) => `- set_fact: { f${n}: ${t(from)} }\n`,
    to: (_, n) => `hostvars[inventory_hostname].f${n}`,
  },
  'hostvars as a whole': {
    tasks: (from, n) => `- set_fact: { f${n}: ${t(from)} }\n`,
    to: (_, n) => `(hostvars | dict2items | selectattr('key', 'equalto', inventory_hostname) | first).value.f${n}`,
  },
  vars: { tasks: (from, n) => `- set_fact: { f${n}: ${t(from)} }\n`, to: (_, n) => `vars['f${n}']` },
  'lookup of a variable': {
    tasks: (from, n) => `- set_fact: { f${n}: ${t(from)} }\n`,
    to: (_, n) => `lookup('vars', 'f${n}')`,
  },
  'JSON and back': { tasks: () => '- debug:\n', to: from => `(${from} | to_json | from_json)` },
  'YAML and back': {
    tasks: (from, n) => `- set_fact: { f${n}: ${t(`{'a': ${from}} | to_yaml | from_yaml`)} }\n`,
    to: (_, n) => `f${n}.a`,
  },
  add_host: {
    tasks: (from, n) =>
      `- set_fact: { g${n}: ${t(from)} }\n- add_host: { name: "made${n}-{{ item }}", f${n}: ${t(`hostvars[item].g${n}`)} }\n  loop: "{{ ansible_play_hosts }}"\n`,
    to: (_, n) => `hostvars['made${n}-' ~ inventory_hostname].f${n}`,
  },
  'the loop of an include': {
    tasks: (from, n) => `- include_tasks: part${n}.yml\n  loop: [${t(from)}]\n`,
    files: (_, n) => ({ [`part${n}.yml`]: `- set_fact: { f${n}: ${t('item')} }\n` }),
    to: (_, n) => `f${n}`,
  },
  'a parameter of an include': {
    tasks: (from, n) => `- include_tasks: part${n}.yml\n  vars: { p${n}: ${t(from)} }\n`,
    files: (_, n) => ({ [`part${n}.yml`]: `- set_fact: { f${n}: ${t(`p${n}`)} }\n` }),
    to: (_, n) => `f${n}`,
  },
  'a parameter of a role': {
    tasks: (from, n) => `- include_role: { name: role${n} }\n  vars: { p${n}: ${t(from)} }\n`,
    files: (_, n) => ({
      [`roles/role${n}/tasks/main.yml`]: `- set_fact: { f${n}: ${t(`d${n}`)} }\n`,
      [`roles/role${n}/defaults/main.yml`]: `d${n}: ${t(`p${n}`)}\n`,
    }),
    to: (_, n) => `f${n}`,
  },
  'the failure of a block': {
    tasks: (from, n) =>
      `- block:\n    - fail: { msg: ${t(from)} }\n  rescue:\n    - set_fact: { f${n}: ${t('ansible_failed_result.msg')} }\n`,
    to: (_, n) => `f${n}`,
  },
  'a template read by a lookup': {
    tasks: () => '- debug:\n',
    files: (from, n) => ({ [`templates/move${n}.j2`]: `{{ ${from} }}` }),
    to: (_, n) => `lookup('template', 'move${n}.j2')`,
  },
  'variables of a lookup of a template': {
    tasks: () => '- debug:\n',
    files: (_, n) => ({ [`templates/move${n}.j2`]: `{{ given${n} }}` }),
    to: (from, n) => `lookup('template', 'move${n}.j2', template_vars={'given${n}': ${from}})`,
  },
  'a file that a template made': {
    runOnly: true,
    tasks: (_, n) =>
      `- template: { src: move${n}.j2, dest: "{{ playbook_dir }}/out${n}-{{ inventory_hostname }}" }\n- slurp: { src: "{{ playbook_dir }}/out${n}-{{ inventory_hostname }}" }\n  register: r${n}\n`,
    files: (from, n) => ({ [`templates/move${n}.j2`]: `{{ ${from} }}` }),
    to: (_, n) => `(r${n}.content | b64decode)`,
  },
  'include_vars of a file that the run made': {
    runOnly: true,
    tasks: (from, n) =>
      `- copy: { content: ${t(`{'f${n}': ${from}} | to_json`)}, dest: "{{ playbook_dir }}/vars${n}-{{ inventory_hostname }}.json" }\n- include_vars: { file: "vars${n}-{{ inventory_hostname }}.json", name: i${n} }\n`,
    to: (_, n) => `i${n}.f${n}`,
  },
  'the output of a program that was given it': {
    runOnly: true,
    tasks: (from, n) => `- command: printenv GIVEN\n  environment: { GIVEN: ${t(from)} }\n  register: r${n}\n`,
    to: (_, n) => `r${n}.stdout`,
  },
}
