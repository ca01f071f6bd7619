import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import ssh2 from 'ssh2'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ed25519KeyPair } from '../../src/lab/nxos/host-key.ts'
import type { Variables } from '../../src/model/value.ts'
import { folderOf } from '../support/folder.ts'
import { startJumpHost } from '../support/jump-host.ts'
import { alsoClose, closeAll, knownHostsFile, leaf, PASSWORD, USER } from '../support/nxos.ts'
import { weft } from '../support/weft.ts'
import { hasProgram, testWhere } from '../support/where.ts'

const test = suite('ways to a switch, by inventory variables and the whole command')
test.after(closeAll)

const play = `- hosts: all
  gather_facts: false
  tasks:
    - nxos_config:
        parents: interface loopback7
        lines: [description reached]
    - nxos_config:
        parents: interface loopback8
        lines: [description reached too]
`

/** Runs the play on one switch that is described by these variables, and says what the switch then holds. */
async function reach(
  { lab, endpoint }: Awaited<ReturnType<typeof leaf>>,
  variables: Variables,
  environment: Record<string, string> = { SSH_AUTH_SOCK: '' },
) {
  const known = { ansible_network_os: 'cisco.nxos.nxos', weft_known_hosts: endpoint.knownHosts ?? '', weft_timeout: 5 }
  const at = { ansible_host: '127.0.0.1', ansible_port: lab.port, ansible_user: USER }
  const folder = folderOf({
    'play.yml': play,
    'inventory/hosts.yml': JSON.stringify({ all: { hosts: { 'leaf-a': { ...at, ...known, ...variables } } } }),
  })
  const { code, out, err } = await weft(['run', 'play.yml'], { folder, environment })
  return { code, text: out + err, reached: lab.runningText().includes('description reached') }
}

test('a key file with a passphrase', async () => {
  const pair = ed25519KeyPair(ssh2, {
    passphrase: 'Open-Sesame-1',
    cipher: 'aes256-ctr',
    rounds: 4,
  })
  const key = keyFile(pair.private)
  const leafA = await leaf({ authorizedKeys: [pair.public] })
  const variables = { ansible_ssh_private_key_file: key, weft_passphrase: 'Open-Sesame-1' }
  const shut = await reach(leafA, { ...variables, weft_passphrase: 'wrong-Sesame' })
  assert.is(shut.reached, false)
  assert.match(shut.text, 'passphrase is missing or wrong')
  assert.not.match(shut.text, 'wrong-Sesame')
  const { code, text, reached } = await reach(leafA, variables)
  assert.is(code, 0, text)
  assert.ok(reached)
})

testWhere(
  test,
  hasProgram('ssh-agent', ['-h']),
  'no ssh-agent',
)('the keys of an ssh agent, with nothing in the inventory', async () => {
  const pair = ed25519KeyPair(ssh2)
  const socket = join(mkdtempSync(join(tmpdir(), 'weft-agent-')), 'agent')
  const agent = await startAgent(socket)
  try {
    await promisify(execFile)('ssh-add', [keyFile(pair.private)], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
    const leafA = await leaf({ authorizedKeys: [pair.public] })
    assert.is((await reach(leafA, { weft_agent: false }, { SSH_AUTH_SOCK: socket })).reached, false)
    const { code, text, reached } = await reach(leafA, {}, { SSH_AUTH_SOCK: socket })
    assert.is(code, 0, text)
    assert.ok(reached)
  } finally {
    agent.kill()
  }
})

test('a jump host in the words of weft and of Ansible; it does not get the password of the switch', async () => {
  const pair = ed25519KeyPair(ssh2)
  const jump = await startJumpHost({ authorizedKey: pair.public })
  alsoClose(() => jump.close())
  const key = keyFile(pair.private)
  const at = `${USER}@127.0.0.1`
  const reachBy = async (way: Variables) => {
    const leafA = await leaf()
    const known = `[127.0.0.1]:${leafA.lab.port} ${leafA.lab.hostKey}\n[127.0.0.1]:${jump.port} ${jump.hostKey}\n`
    return reach(leafA, { ...way, ansible_password: PASSWORD, weft_known_hosts: await knownHostsFile(known) })
  }
  const ways: Variables[] = [
    { weft_jump: { host: '127.0.0.1', port: jump.port, user: USER, password: PASSWORD } },
    { weft_jump: { host: '127.0.0.1', port: jump.port, user: USER, key } },
    { ansible_ssh_common_args: `-o ProxyCommand="ssh -W %h:%p -q -p ${jump.port} -i ${key} ${at}"` },
  ]
  for (const [index, way] of ways.entries()) {
    const { code, text, reached } = await reachBy(way)
    assert.is(code, 0, text)
    assert.ok(reached)
    assert.is(jump.seen.forwards, index + 1)
  }
  const refused = await reachBy({ ansible_ssh_common_args: `-o ProxyJump=${at}:${jump.port}` })
  assert.is(refused.reached, false)
  assert.match(refused.text, 'at the jump host: 127.0.0.1 refused the login of admin (no credentials given)')
  assert.match(refused.text, 'write weft_jump: { host, user, key }')
})

test('a jump host whose key is not known is refused before the switch is asked', async () => {
  const jump = await startJumpHost()
  alsoClose(() => jump.close())
  const leafA = await leaf()
  const way = { weft_jump: `${USER}@127.0.0.1:${jump.port}`, ansible_password: PASSWORD }
  const { code, text, reached } = await reach(leafA, way)
  assert.is(code, 3, text)
  assert.is(reached, false)
  assert.is(leafA.lab.counters.logins, 0)
  assert.match(text, 'at the jump host')
  assert.match(text, `ssh-keyscan -p ${jump.port} 127.0.0.1`)
  assert.not.match(text, PASSWORD)
})

test('a changed host key is refused with the line of known_hosts and the command that removes it', async () => {
  const leafA = await leaf()
  const other = ed25519KeyPair(ssh2).public.trim()
  const file = await knownHostsFile(`# mine\n[127.0.0.1]:${leafA.lab.port} ${other}\n`)
  const { code, text } = await reach(leafA, { ansible_password: PASSWORD, weft_known_hosts: file })
  assert.is(code, 3, text)
  assert.match(text, `${file}:2`)
  assert.match(text, 'ssh-keygen -R')
  assert.is(leafA.lab.counters.logins, 0)
})

test('host keys that are not checked are warned about, once in a run', async () => {
  const leafA = await leaf()
  const variables = { weft_host_keys: 'no', ansible_password: PASSWORD, weft_known_hosts: '/dev/null' }
  const { code, text, reached } = await reach(leafA, variables)
  assert.is(code, 0, text)
  assert.ok(reached)
  assert.is(text.match(/warning: leaf-a: Host keys are not checked .*weft_host_keys: first-use/g)?.length, 1, text)
  const strict = await reach(await leaf(), { ansible_password: PASSWORD })
  assert.not.match(strict.text, 'warning')
})

function keyFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'weft-key-')), 'id')
  writeFileSync(file, text)
  chmodSync(file, 0o600)
  return file
}

async function startAgent(socket: string): Promise<ChildProcess> {
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  await pause(300)
  return agent
}

test.run()
