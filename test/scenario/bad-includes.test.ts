import { suite } from 'uvu'
import { play } from '../support/one-leaf.ts'
import { testRefusals } from '../support/refusals.ts'

const test = suite('bad includes')

testRefusals(test, [
  {
    title: 'import_tasks in a circle names the circle',
    files: {
      'site.yml': play('- import_tasks: a.yml\n'),
      'a.yml': '- import_tasks: b.yml\n',
      'b.yml': '- import_tasks: a.yml\n',
    },
    says: [/at b\.yml:1:3\n/, /imports itself: \S*a\.yml → \S*b\.yml → \S*a\.yml/, 'Break the circle.'],
  },
  {
    title: 'import_playbook in a circle names the circle',
    files: { 'site.yml': '- import_playbook: b.yml\n', 'b.yml': '- import_playbook: site.yml\n' },
    says: [/at b\.yml:1:3\n/, /imports itself: \S*site\.yml → \S*b\.yml → \S*site\.yml/, 'Break the circle.'],
  },
  {
    title: 'include_tasks in a circle is stopped',
    files: {
      'site.yml': play('- include_tasks: a.yml\n'),
      'a.yml': '- include_tasks: b.yml\n',
      'b.yml': '- include_tasks: a.yml\n',
    },
    exit: 1,
    says: [/at [ab]\.yml:1:3\n/, /include_tasks: \S*[ab]\.yml includes itself/, 'Break the circle'],
  },
  {
    title: 'include_role in a circle is stopped',
    files: {
      'site.yml': play('- include_role: {name: a}\n'),
      'roles/a/tasks/main.yml': '- include_role: {name: a}\n',
    },
    exit: 1,
    says: [/at roles\/a\/tasks\/main\.yml:1:3\n/, /includes itself/, 'Break the circle'],
  },
  {
    title: 'import_role in a circle names the circle',
    files: {
      'site.yml': play('- import_role: {name: a}\n'),
      'roles/a/tasks/main.yml': '- import_role: {name: a}\n',
    },
    says: [/at roles\/a\/tasks\/main\.yml:1:1\n/, 'the file imports itself', 'Break the circle.'],
  },
  {
    title: 'roles that depend on each other name the circle',
    files: {
      'site.yml': '- hosts: leaves\n  roles: [a]\n',
      'roles/a/meta/main.yml': 'dependencies: [b]\n',
      'roles/a/tasks/main.yml': '- debug:\n',
      'roles/b/meta/main.yml': 'dependencies: [a]\n',
      'roles/b/tasks/main.yml': '- debug:\n',
    },
    says: [/at roles\/b\/meta\/main\.yml:1:\d+\n/, /a → b → a/, 'Break the circle.'],
  },
  {
    title: 'a missing file of import_tasks is found before anything else',
    files: { 'site.yml': play('- debug: {msg: first}\n- import_tasks: nope.yml\n') },
    says: [/at site\.yml:5:7\n/, 'could not find the file nope.yml', 'looked in'],
  },
  {
    title: 'a missing file of include_tasks says where it was looked for',
    files: { 'site.yml': play('- include_tasks: nope.yml\n') },
    exit: 1,
    says: [/at site\.yml:4:7\n/, 'Could not find nope.yml; looked in'],
  },
  {
    title: 'a missing role says where it was looked for',
    files: { 'site.yml': '- hosts: leaves\n  roles: [nope]\n' },
    says: [/at site\.yml:2:11\n/, /the role "nope" was not found; looked in \S+roles/],
  },
  {
    title: 'a missing file of vars_files is found before a task runs',
    files: { 'site.yml': play('- debug: {msg: first}\n', '  vars_files: [vars.yml]\n') },
    says: [/at site\.yml:3:16\n/, 'The vars_files entry vars.yml was not found.', /Looked for: \S+vars\.yml/],
  },
  {
    title: 'a missing source file names the places where it was looked for',
    files: { 'site.yml': play('- nxos_config:\n    src: leaf.cfg\n') },
    exit: 1,
    says: [/at site\.yml:\d:\d\n/, "Could not find or access 'leaf.cfg'.", /Looked for: \S+templates\/leaf\.cfg/],
  },
])

test.run()
