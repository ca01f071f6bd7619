import { suite } from 'uvu'
import { play } from '../support/one-leaf.ts'
import { testRefusals } from '../support/refusals.ts'

const test = suite('bad playbooks')

testRefusals(test, [
  {
    title: 'an unknown keyword of a task is told with the nearest and with all',
    files: { 'site.yml': play('- nxos_config:\n    lines: [a]\n  wen: true\n') },
    says: [/at site\.yml:6:7\n/, '"wen" is not a keyword of a task. Did you mean "when"?', /A task takes: .*notify/],
  },
  {
    title: 'an unknown keyword of a play is told with the nearest and with all',
    files: { 'site.yml': '- hosts: leaves\n  task: []\n' },
    says: [/at site\.yml:2:3\n/, '"task" is not a keyword of a play. Did you mean "tasks"?', /A play takes: .*serial/],
  },
  {
    title: 'an unknown module is told with the nearest',
    files: { 'site.yml': play('- nxos_confg:\n    lines: [a]\n') },
    says: [/at site\.yml:4:7\n/, '"nxos_confg"', 'Did you mean "nxos_config"?', '`weft modules` lists'],
  },
  {
    title: 'an unknown argument is told with the nearest and with all',
    files: { 'site.yml': play('- nxos_config:\n    lines: [a]\n    parent: [b]\n') },
    says: [
      /at site\.yml:6:9\n/,
      'Unsupported parameter "parent" for nxos_config. Did you mean "parents"?',
      'takes: lines',
    ],
  },
  {
    title: 'an argument of the wrong type says what it must be',
    files: { 'site.yml': play('- nxos_config:\n    lines: {a: b}\n') },
    says: [/at site\.yml:5:9\n/, 'nxos_config: lines: it must be a list, not a mapping'],
  },
  {
    title: 'an argument of the wrong word lists the allowed ones',
    files: { 'site.yml': play('- nxos_config:\n    lines: [a]\n    match: exactly\n') },
    says: [/at site\.yml:6:9\n/, 'it must be one of line, strict, exact, none, not the text "exactly"'],
  },
  {
    title: 'two modules in one task are refused',
    files: { 'site.yml': play('- nxos_config:\n    lines: [a]\n  nxos_command:\n    commands: [b]\n') },
    says: [/at site\.yml:6:7\n/, 'nxos_config, nxos_command', 'Make two tasks of it.'],
  },
  {
    title: 'all mistakes are told at once',
    files: { 'site.yml': play('- nxos_confg:\n    lines: [a]\n- debug: {msg: a}\n  tag: b\n') },
    says: [/site\.yml:4:7: .*nxos_confg/, /site\.yml:7:7: "tag"/, '2 problems; nothing was touched.'],
  },
  {
    title: 'an unknown group is told with its place and the nearest',
    files: { 'site.yml': '- hosts: leavs\n  gather_facts: false\n  tasks:\n    - debug: {msg: a}\n' },
    exit: 0,
    says: [/warning: .*site\.yml:1:3: .*"leavs" matches no host or group.*Did you mean "leaves"\?/],
  },
  {
    title: 'an empty pattern is refused',
    files: { 'site.yml': "- hosts: ''\n  tasks: []\n" },
    says: [/at site\.yml:1:3\n/, 'the host pattern of the play is empty', 'Name hosts or groups'],
  },
  {
    title: 'a play without hosts is refused',
    files: { 'site.yml': '- tasks: []\n' },
    says: [/at site\.yml:1:3\n/, 'a play needs "hosts"'],
  },
  {
    title: 'a pattern that cannot be read is told',
    files: { 'site.yml': "- hosts: '~leaf('\n  tasks: []\n" },
    says: [/~leaf\(/, /regular expression/],
  },
])

test.run()
