/** A way by which text from outside comes into a play: its tasks, and the expression that then has the text of the host. */
export interface Source {
  readonly tasks: string
  readonly value: string
  /** It must write something first, so a plan does not have it. */
  readonly runOnly?: boolean
}

const FILE = '{{ playbook_dir }}/hostile/{{ inventory_hostname }}.txt'

/** Each of the hosts t0, t1 … is given another text by the peers and files of trust.test.ts. */
export const sources: Readonly<Record<string, Source>> = {
  'a command on a switch': {
    tasks: '- nxos_command: { commands: show text }\n  register: got\n',
    value: 'got.stdout[0]',
  },
  'facts of a switch': { tasks: '- nxos_facts: { gather_subset: [min] }\n', value: 'ansible_net_hostname' },
  'the configuration of a switch': {
    tasks: '- nxos_facts: { gather_subset: [config] }\n',
    value: 'ansible_net_config',
  },
  'an object of an APIC': {
    tasks: '- apic_query: { dn: "uni/tn-{{ inventory_hostname }}" }\n  register: got\n',
    value: 'got.objects[0].descr',
  },
  'an object of a cluster': {
    tasks:
      '- k8s_info: { api_version: v1, kind: ConfigMap, name: "{{ inventory_hostname }}", namespace: default }\n  register: got\n',
    value: 'got.resources[0].data.text',
  },
  "a program's output": { tasks: `- command: cat "${FILE}"\n  register: got\n`, value: 'got.stdout', runOnly: true },
  'a file read by slurp': {
    tasks: `- slurp: { src: "${FILE}" }\n  register: got\n`,
    value: '(got.content | b64decode)',
  },
  'a file read by a lookup': {
    tasks: '- debug:\n',
    value: "lookup('file', playbook_dir ~ '/hostile/' ~ inventory_hostname ~ '.txt')",
  },
  'the environment': { tasks: '- debug:\n', value: "lookup('env', 'WEFT_TEST_' ~ inventory_hostname)" },
  'a file outside of the repository': {
    tasks: '- include_vars: "{{ outside }}/{{ inventory_hostname }}.yml"\n',
    value: 'outer.text',
  },
  'facts of another host': {
    tasks: '- nxos_command: { commands: show text }\n  register: own\n',
    value: "hostvars[inventory_hostname ~ ''].own.stdout[0]",
  },
  'a file that the run has made': {
    tasks: `- slurp: { src: "${FILE}" }
  register: read
- copy:
    content: "{{ {'made': {'text': read.content | b64decode}} | to_json }}"
    dest: "{{ playbook_dir }}/made-{{ inventory_hostname }}.yml"
- include_vars: "made-{{ inventory_hostname }}.yml"
`,
    value: 'made.text',
    runOnly: true,
  },
}
