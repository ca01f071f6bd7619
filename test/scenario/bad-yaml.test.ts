import { suite } from 'uvu'
import { play } from '../support/one-leaf.ts'
import { testRefusals } from '../support/refusals.ts'

const test = suite('bad YAML')
const good = play('- nxos_config:\n    lines: [hostname other]\n')

/** Ten thousand million entries in eleven lines. */
const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  .concat(Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(', ')}]`))
  .join('\n')

testRefusals(test, [
  {
    title: 'malformed YAML is told with its place',
    files: { 'site.yml': '- hosts: leaves\n  tasks:\n    - debug: {msg: "x"\n' },
    says: [/at site\.yml:4:1\n/, 'not valid YAML', 'an open quote'],
  },
  {
    title: 'a plan of it ends with 1',
    files: { 'site.yml': '- hosts: leaves\n  tasks:\n    - debug: {msg: "x"\n' },
    words: ['plan', 'site.yml'],
    exit: 1,
    says: [/at site\.yml:4:1\n/],
  },
  {
    title: 'a tab is named as such',
    files: { 'site.yml': '- hosts: leaves\n  tasks:\n\t- debug:\n' },
    says: [/at site\.yml:3:1\n/, 'a tab is used for indentation', 'Indent with spaces.'],
  },
  {
    title: 'a template without quotes is recognised',
    files: { 'site.yml': play('- debug:\n    msg: {{ x }}\n') },
    says: [/at site\.yml:5:\d+\n/, 'must be quoted: "{{ name }}"'],
  },
  {
    title: 'a key that is given twice names both places',
    files: { 'site.yml': play('- nxos_config:\n    lines: [a]\n    parents: [b]\n    lines: [c]\n') },
    says: [/at site\.yml:7:9\n/, 'the key lines is given twice (first at 5:9)', 'Remove one of them.'],
  },
  {
    title: 'an argument that is given twice on one line is refused',
    files: { 'site.yml': play('- nxos_config: lines=a lines=b\n') },
    says: [/at site\.yml:4:7\n/, 'nxos_config: the argument lines is given twice'],
  },
  {
    title: 'an alias bomb in a playbook does not go off',
    files: { 'site.yml': `- hosts: leaves\n  vars:\n${bomb.replace(/^/gm, '    ')}\n  tasks: []\n` },
    says: [/at site\.yml:\d+:\d+\n/, 'its aliases expand to too many values', 'Use fewer nested anchors.'],
  },
  {
    title: 'an alias bomb in the inventory does not go off',
    files: { 'site.yml': good, 'inventory/group_vars/all.yml': bomb },
    says: [/at inventory\/group_vars\/all\.yml:\d+:\d+\n/, 'its aliases expand to too many values'],
  },
  {
    title: 'a file of 50 MB is refused before it is read',
    files: { 'site.yml': Buffer.alloc(50 * 1024 * 1024, '# x\n') },
    says: [/at site\.yml:1:1\n/, 'site.yml is 50 MB; weft reads YAML and templates up to 20 MB.', 'Split it'],
  },
  {
    title: 'a binary file is refused',
    files: { 'site.yml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]) },
    says: [/at site\.yml:1:1\n/, 'is a binary file, not text'],
  },
  {
    title: 'a second document is not passed over',
    files: { 'site.yml': `${play('- debug: {msg: a}\n')}---\n- hosts: leaves\n  tasks: []\n` },
    says: [/at site\.yml:6:1\n/, 'a second YAML document starts here', 'make two files of it'],
  },
  {
    title: 'a tag that makes an object is refused, on a list too',
    files: { 'site.yml': '- hosts: !!python/object/apply:os.system ["id"]\n  tasks: []\n' },
    says: [/at site\.yml:1:10\n/, 'the tag !!python/object/apply:os.system is not known', 'Known tags'],
  },
  {
    title: 'text in another encoding is not read with holes in it',
    files: { 'site.yml': Buffer.from(play('- debug:\n    msg: "caf\xe9"\n'), 'latin1') },
    says: [/at site\.yml:5:18\n/, 'is not UTF-8', /iconv -f/],
  },
  {
    title: 'an empty playbook says what a playbook is',
    files: { 'site.yml': '' },
    says: [/at site\.yml:1:1\n/, 'is empty: there is nothing to do', 'Write a list of plays'],
  },
  {
    title: 'a playbook that is no list says what is missing',
    files: { 'site.yml': 'hosts: leaves\n' },
    says: [/at site\.yml:1:1\n/, 'must be a list of plays, not a mapping', 'Start each play with "- "'],
  },
])

test.run()
