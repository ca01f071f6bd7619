import { execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import ssh2 from 'ssh2'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { jumpHosts } from '../../../src/connection/ssh/jump-hosts.ts'
import { login } from '../../../src/connection/ssh/login.ts'
import { openNxos } from '../../../src/device/nxos/open.ts'
import { findCli } from '../../../src/diff/cli/tree.ts'
import { ed25519KeyPair } from '../../../src/lab/nxos/host-key.ts'
import type { Endpoint } from '../../../src/model/host.ts'
import { failureOf } from '../../support/failure.ts'
import { startJumpHost } from '../../support/jump-host.ts'
import { alsoClose, closeAll, device, endpointTo, knownHostsFile, leaf, PASSWORD, USER } from '../../support/nxos.ts'
import { hasProgram, testWhere } from '../../support/where.ts'

test.after(closeAll)

const read = async (endpoint: Endpoint) => (await device(endpoint)).device.read.running()
const OTHER_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL3nz3GkCQtVLdNVPQJtTR2Wo0S4mDqYTVKWuZ0SCoD4'

test('a known host key and the right password open a session', async () => {
  const { endpoint } = await leaf()
  const tree = await read(endpoint)
  assert.ok(findCli(tree, ['hostname leaf-a']))
})

test('an unknown host key is refused, and the message says how to record it', async () => {
  const { lab } = await leaf()
  const file = await knownHostsFile('')
  const failure = await failureOf(read(endpointTo(lab.port, { weft_known_hosts: file })))
  assert.is(failure.code, 'unreachable')
  assert.match(failure.message, /is not in .*known_hosts/)
  assert.match(failure.remedy ?? '', new RegExp(`ssh-keyscan -p ${lab.port} 127.0.0.1 >> `))
  assert.is(lab.counters.logins, 0)
})

test('trust on first use records the key once, and holds the host to it', async () => {
  const { lab } = await leaf()
  const file = await knownHostsFile('')
  const endpoint = endpointTo(lab.port, { weft_known_hosts: file, weft_host_keys: 'first-use' })
  await read(endpoint)
  await read(endpoint)
  const type = lab.hostKey.split(' ').slice(0, 2).join(' ')
  assert.is(await readFile(file, 'utf8'), `[127.0.0.1]:${lab.port} ${type}\n`)
})

test('a changed host key is refused with the line to remove and the command that removes it', async () => {
  const { lab } = await leaf()
  const file = await knownHostsFile(`# site\n[127.0.0.1]:${lab.port} ${OTHER_KEY}\n`)
  for (const mode of ['yes', 'first-use']) {
    const failure = await failureOf(read(endpointTo(lab.port, { weft_known_hosts: file, weft_host_keys: mode })))
    assert.is(failure.code, 'unreachable')
    assert.match(failure.message, new RegExp(`CHANGED.*${file}:2`))
    assert.ok(failure.remedy?.includes(`ssh-keygen -R '[127.0.0.1]:${lab.port}' -f ${file}`))
  }
  assert.is(lab.counters.logins, 0)
})

test('a key of another type for a known host is not used for the first time, but refused, and the file stays as it is', async () => {
  const { lab } = await leaf()
  const other = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).public.split(' ').slice(0, 2).join(' ')
  const text = `[127.0.0.1]:${lab.port} ${other}\n`
  const file = await knownHostsFile(text)
  const failure = await failureOf(read(endpointTo(lab.port, { weft_known_hosts: file, weft_host_keys: 'first-use' })))
  assert.is(failure.code, 'unreachable')
  assert.is(await readFile(file, 'utf8'), text)
  assert.is(lab.counters.logins, 0)
})

test('a wrong password is denied, not unreachable, and is not repeated in the message', async () => {
  const { endpoint } = await leaf()
  const failure = await failureOf(read({ ...endpoint, password: 'Wrong-Canary' }))
  assert.is(failure.code, 'denied')
  assert.match(failure.message, /refused the login of admin \(password\)/)
  assert.not.match(JSON.stringify(failure), /Wrong-Canary/)
})

test('keyboard-interactive gets the password where a switch takes nothing else', async () => {
  const key = ed25519KeyPair(ssh2)
  const server = new ssh2.Server({ hostKeys: [key.private] }, client => {
    client.on('error', () => {})
    client.on('authentication', context => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
      context.prompt([{ prompt: 'Password: ', echo: false }], answers =>
        answers[0] === PASSWORD ? context.accept() : context.reject(),
      )
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  alsoClose(async () => server.close())
  const endpoint = endpointTo((server.address() as AddressInfo).port, { weft_host_keys: 'no' })
  const { signal } = new AbortController()
  const client = await login({ endpoint, signal })
  client.end()
  assert.is((await failureOf(login({ endpoint: { ...endpoint, password: 'x' }, signal }))).code, 'denied')
})

test('a key with a passphrase opens a session; a wrong passphrase is an invalid key', async () => {
  const pair = ed25519KeyPair(ssh2, { passphrase: 'open', cipher: 'aes256-ctr', rounds: 4 })
  const file = join(await mkdtemp(join(tmpdir(), 'weft-key-')), 'id')
  await writeFile(file, pair.private, { mode: 0o600 })
  const { endpoint } = await leaf({ authorizedKeys: [pair.public] })
  const { password: _, ...keyed } = { ...endpoint, privateKeyFile: file }
  await read({ ...keyed, passphrase: 'open' })
  const wrong = await failureOf(read({ ...keyed, passphrase: 'shut' }))
  assert.is(wrong.code, 'invalid')
  assert.match(wrong.message, /passphrase is missing or wrong/)
  const missing = await failureOf(read({ ...keyed, privateKeyFile: `${file}.no` }))
  assert.match(missing.message, /cannot be read: .*ENOENT/)
})

testWhere(
  test,
  hasProgram('ssh-agent', ['-h']),
  'no ssh-agent',
)('the ssh agent opens a session', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-agent-'))
  const pair = ed25519KeyPair(ssh2)
  await writeFile(join(folder, 'id'), pair.private)
  await chmod(join(folder, 'id'), 0o600)
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  await pause(300)
  const before = process.env.SSH_AUTH_SOCK
  process.env.SSH_AUTH_SOCK = socket
  try {
    await promisify(execFile)('ssh-add', [join(folder, 'id')])
    const { endpoint } = await leaf({ authorizedKeys: [pair.public] })
    const { password: _, ...keyless } = endpoint
    const tree = await read({ ...keyless, useAgent: true })
    assert.ok(findCli(tree, ['hostname leaf-a']))
  } finally {
    if (before === undefined) delete process.env.SSH_AUTH_SOCK
    else process.env.SSH_AUTH_SOCK = before
    agent.kill()
  }
})

test('devices behind a jump host share one connection to it, which ends with the last of them', async () => {
  const jump = await startJumpHost()
  alsoClose(() => jump.close())
  const [one, two] = [await leaf(), await leaf()]
  const knownHosts = await knownHostsFile(
    [jump, one.lab, two.lab].map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`).join(''),
  )
  const hop: Endpoint = {
    ...endpointTo(jump.port),
    host: 'jump',
    platform: 'local',
    knownHosts,
    password: PASSWORD,
    user: USER,
  }
  const jumps = jumpHosts()
  const open = (endpoint: Endpoint) =>
    openNxos({
      endpoint: { ...endpoint, knownHosts, jump: hop },
      run: 'r',
      progress: () => {},
      signal: new AbortController().signal,
      jumps,
    })
  const devices = await Promise.all([open(one.endpoint), open(two.endpoint)])
  const trees = await Promise.all(devices.map(each => each.read.running()))
  assert.ok(trees.every(tree => findCli(tree, ['hostname leaf-a'])))
  assert.equal(jump.seen, { logins: 1, forwards: 2, open: 1 })
  for (const each of devices) await each.release()
  for (let tries = 0; jump.seen.open > 0 && tries < 50; tries++) await pause(20)
  assert.is(jump.seen.open, 0)
})

test('a jump host that cannot reach the device is named', async () => {
  const jump = await startJumpHost()
  alsoClose(() => jump.close())
  const hop: Endpoint = { ...endpointTo(jump.port), host: 'jump', platform: 'local', hostKeyChecking: 'no' }
  const failure = await failureOf(read({ ...endpointTo(1), jump: hop, hostKeyChecking: 'no' }))
  assert.is(failure.code, 'unreachable')
  assert.match(failure.message, /127\.0\.0\.1:1 through jump/)
})

test('nothing that listens, and something that listens and says nothing, are two different failures', async () => {
  const refused = await failureOf(read(endpointTo(1)))
  assert.is(refused.code, 'unreachable')
  assert.match(refused.message, /it refused the connection/)
  const mute = createServer(() => {})
  await new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve))
  const address = mute.address()
  const silent = await failureOf(
    read(endpointTo(typeof address === 'object' ? (address?.port ?? 0) : 0, { weft_timeout: 0.5 })),
  )
  mute.close()
  assert.is(silent.code, 'timeout')
  const unknown = await failureOf(read({ ...endpointTo(22), address: 'no-such-host.invalid' }))
  assert.match(unknown.message, /name does not resolve|name service does not answer/)
})

test.run()
