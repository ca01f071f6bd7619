import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { toFailure } from '../../src/model/failure.ts'
import { folderOf } from '../support/folder.ts'
import { tryRun } from './try.ts'

/** Programs that a task would start; each leaves RAN behind. */
const TASKS: Readonly<Record<string, string>> = {
  command: '{ command: touch RAN, check_mode: false }',
  shell: '{ shell: touch RAN, check_mode: false }',
  'the executable of shell': '{ shell: { cmd: "true", executable: PROGRAM }, check_mode: false }',
  'a condition that asks a program': "{ debug: , when: \"lookup('pipe', 'touch RAN') == ''\" }",
  'validate of copy': '{ copy: { content: x, dest: "FOLDER/out", validate: "PROGRAM %s" }, check_mode: false }',
  'validate of template': '{ template: { src: t.j2, dest: "FOLDER/out", validate: "PROGRAM %s" }, check_mode: false }',
  'the variables of a connection':
    '{ command: "true", check_mode: false, vars: { ansible_python_interpreter: PROGRAM, ansible_shell_executable: PROGRAM, ansible_ssh_executable: PROGRAM, ansible_become: false } }',
  'ProxyCommand of a node':
    '{ slurp: { src: /etc/hostname }, delegate_to: node, vars: { ansible_ssh_common_args: \'-o ProxyCommand="PROGRAM"\' } }',
  'a ProxyCommand behind ssh -W':
    '{ slurp: { src: /etc/hostname }, delegate_to: node, vars: { ansible_ssh_common_args: \'-o ProxyCommand="ssh -o ProxyCommand=PROGRAM -W %h:%p u@127.0.0.1"\' } }',
}

/** A program that leaves `ran` behind, and the folder of both. */
function canary(): { folder: string; ran: string; program: string } {
  const folder = folderOf({})
  const [ran, program] = [join(folder, 'ran'), join(folder, 'program')]
  writeFileSync(program, `#!/bin/sh\ntouch ${ran}\necho '{}'\n`)
  chmodSync(program, 0o755)
  return { folder, ran, program }
}

for (const [name, task] of Object.entries(TASKS))
  test(`a plan starts nothing for ${name}`, async () => {
    const { folder, ran, program } = canary()
    const text = task.replaceAll('RAN', ran).replaceAll('PROGRAM', program).replaceAll('FOLDER', folder)
    await tryRun(
      {
        'playbook.yml': `- hosts: localhost\n  gather_facts: false\n  tasks:\n    - ${text}\n`,
        'hosts.ini': 'node ansible_host=127.0.0.1 ansible_port=9 ansible_user=u weft_timeout=2\n',
        'templates/t.j2': 'x',
      },
      { mode: 'plan' },
    )
    assert.not.ok(existsSync(ran))
  })

test('an inventory that is a program is refused, in a plan and in a run, and is not started', async () => {
  for (const mode of ['plan', 'run'] as const) {
    const { ran, program } = canary()
    const playbook = '- hosts: all\n  gather_facts: false\n  tasks: [{ debug: }]\n'
    const told = await tryRun({ 'playbook.yml': playbook }, { mode, inventory: [program] }).catch(toFailure)
    assert.match(JSON.stringify(told), /is a script or program.*inventory_scripts/)
    assert.not.ok(existsSync(ran))
  }
})

test.run()
