import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startNode, type TestNode } from '../../support/node.ts'
import { resultsOf, tryRun } from '../try.ts'

const test = suite('run/machines')
const top = mkdtempSync(join(tmpdir(), 'weft-machines-'))
let node: TestNode
let line = ''

test.before(async () => {
  node = await startNode()
  const { user, password, knownHosts } = node.endpoint
  line = `node-1 ansible_host=127.0.0.1 ansible_port=${node.port} ansible_user=${user} ansible_password=${password} weft_known_hosts=${knownHosts} weft_agent=no\n`
})
test.after(() => node.close())

const play = (tasks: string) => `- hosts: node-1\n  gather_facts: no\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`

test('command, copy, template and stat work on a node over one login, and on this machine where they are delegated', async () => {
  const before = { ...node.seen, commands: node.seen.commands.length }
  const tried = await tryRun({
    'hosts.ini': line,
    'templates/name.j2': 'I am {{ inventory_hostname }}\n',
    'playbook.yml':
      play(`- {name: copy, copy: {content: "on {{ inventory_hostname }}", dest: ${top}/copied, mode: "0640"}}
- {name: again, copy: {content: "on {{ inventory_hostname }}", dest: ${top}/copied, mode: "0640"}}
- {name: template, template: {src: name.j2, dest: ${top}/rendered}}
- {name: stat, stat: {path: ${top}/copied}, register: found}
- {name: command, command: "cat ${top}/rendered", register: said}
- {name: right, assert: {that: ["found.stat.mode == '0640'", "said.stdout == 'I am node-1'"]}}
- {name: here, command: "true", delegate_to: localhost}`),
  })
  assert.equal(resultsOf(tried), [
    'node-1 copy changed',
    'node-1 again ok',
    'node-1 template changed',
    'node-1 stat ok',
    'node-1 command changed',
    'node-1 right ok',
    'node-1 here changed',
  ])
  assert.is(node.seen.logins, before.logins + 1)
  assert.not(node.seen.commands.slice(before.commands).some(command => command.includes("'true'")))
  assert.is(readFileSync(join(top, 'copied'), 'utf8'), 'on node-1')
})

test('a plan starts and writes nothing on a node, whatever a task insists on', async () => {
  const dest = join(top, 'planned')
  const tasks = `- {name: copy, copy: {content: x, dest: ${dest}}, check_mode: no}
- {name: command, command: "touch ${dest}", check_mode: no}
- {name: shell, shell: "touch ${dest}", check_mode: no}`
  const tried = await tryRun({ 'hosts.ini': line, 'playbook.yml': play(tasks) }, { mode: 'plan', diff: true })
  assert.equal(resultsOf(tried), ['node-1 copy changed', 'node-1 command skipped', 'node-1 shell skipped'])
  assert.not(existsSync(dest))
})

test('what the operator allows is started in a plan where a task insists, and nothing else', async () => {
  const [yes, no] = [join(top, 'yes'), join(top, 'no')]
  const tasks = `- {name: insists, command: "touch ${yes}", check_mode: no}\n- {name: does not, command: "touch ${no}"}`
  await tryRun({ 'hosts.ini': line, 'playbook.yml': play(tasks) }, { mode: 'plan', allowInPlan: ['command'] })
  assert.ok(existsSync(yes))
  assert.not(existsSync(no))
})

test('a POST goes through the door: in a plan it is not sent', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.method ?? '')
    response.end('ok')
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const files = {
    'hosts.ini': line,
    'playbook.yml': play(
      `- {name: post, uri: {url: "${url}", method: POST, body: x}, delegate_to: localhost, check_mode: no}`,
    ),
  }
  assert.equal(resultsOf(await tryRun(files, { mode: 'plan' })), ['node-1 post skipped'])
  assert.equal(asked, [])
  assert.equal(resultsOf(await tryRun(files)), ['node-1 post ok'])
  assert.equal(asked, ['POST'])
  await new Promise<void>(done => server.close(() => done()))
})

test('files and processes of a switch are those of this machine', async () => {
  const before = node.seen.commands.length
  const hosts = 'node-1 ansible_host=192.0.2.1 ansible_network_os=cisco.nxos.nxos ansible_connection=network_cli\n'
  const tried = await tryRun({ 'hosts.ini': hosts, 'playbook.yml': play('- {name: here, command: "true"}') })
  assert.equal(resultsOf(tried), ['node-1 here changed'])
  assert.is(node.seen.commands.length, before)
})

test('a host that is reached in a way weft does not know is refused, not taken for this machine', async () => {
  const tried = await tryRun({
    'hosts.ini': 'node-1 ansible_connection=docker\n',
    'playbook.yml': play('- {name: there, command: "true"}'),
  })
  assert.equal(resultsOf(tried), ['node-1 there failed'])
})

test.run()
