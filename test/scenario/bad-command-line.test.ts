import { suite } from 'uvu'
import { play } from '../support/one-leaf.ts'
import { testRefusals } from '../support/refusals.ts'

const test = suite('bad command lines and inventories')
const files = { 'site.yml': play('- name: First task\n  nxos_config:\n    lines: [hostname other]\n') }
const run = ['run', 'site.yml']

testRefusals(test, [
  {
    title: '--limit that matches nothing is told with the nearest name',
    files,
    words: [...run, '--limit', 'leavs'],
    says: ['--limit leavs leaves no hosts', 'Did you mean "leaves"?', 'weft inventory --graph'],
  },
  {
    title: 'a plan of it ends with 1',
    files,
    words: ['plan', 'site.yml', '--limit', 'leavs'],
    exit: 1,
    says: ['--limit leavs leaves no hosts'],
  },
  {
    title: '--start-at-task that no task fits is warned about, runs nothing and names the nearest',
    files,
    words: [...run, '--start-at-task', 'Frist task'],
    exit: 0,
    says: ["no task is called 'Frist task', so none will run.", 'Did you mean "First task"?'],
  },
  {
    title: '-e that is not closed is told without what it holds',
    files,
    words: [...run, '-e', '{"bgp_password": "Canary-1'],
    says: ['-e', 'not valid YAML'],
    hides: 'Canary',
  },
  {
    title: '-e that is no assignment says the three forms',
    files,
    words: [...run, '-e', 'bgp_password Canary-1'],
    says: ['key=value', '@file.yml'],
    hides: 'Canary',
  },
  {
    title: '-e with a file that is not there names it',
    files,
    words: [...run, '-e', '@vars.yml'],
    says: [/cannot read the variables file \S+\/vars\.yml/, 'Check the path after the @.'],
  },
  {
    title: 'a missing inventory is told',
    files,
    words: [...run, '-i', 'nope'],
    says: [/The inventory \S+nope does not exist/, 'Name an inventory file or folder with -i'],
  },
  {
    title: 'a missing playbook is told',
    files: {},
    says: [/The file \S+site\.yml does not exist/],
  },
  {
    title: 'a missing playbook in a plan ends with 1',
    files: {},
    words: ['plan', 'site.yml'],
    exit: 1,
    says: [/The file \S+site\.yml does not exist/],
  },
  {
    title: 'an unknown option suggests the near one',
    files,
    words: [...run, '--limt', 'leaves'],
    says: ["unknown option '--limt'", '--limit'],
  },
  {
    title: 'hosts as a list in an inventory',
    files: { ...files, 'inventory/hosts.yml': 'all:\n  hosts: [leaf-a]\n' },
    says: [/at inventory\/hosts\.yml:2:3\n/, '"hosts" must be a mapping, not a list', 'hosts: {NAME: '],
  },
  {
    title: 'a group that is a text in an inventory',
    files: { ...files, 'inventory/hosts.yml': 'all:\n  children:\n    leaves: leaf-a\n' },
    says: [/at inventory\/hosts\.yml:3:5\n/, 'the group leaves must hold hosts, children or vars'],
  },
  {
    title: 'an unknown key of a group in an inventory',
    files: { ...files, 'inventory/hosts.yml': 'all:\n  childrn:\n    leaves: {}\n' },
    says: [/at inventory\/hosts\.yml:2:3\n/, 'has "childrn", but a group holds hosts, children and vars'],
  },
  {
    title: 'a port that is no number',
    files,
    variables: { ansible_port: 'many' },
    exit: 1,
    says: ['ansible_port of leaf-a must be a number above 0', 'weft inventory --host leaf-a'],
  },
])

test.run()
