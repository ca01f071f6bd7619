import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabSwitch, startSwitch } from '../../../src/lab/nxos/switch.ts'
import { hasProgram, testWhere } from '../../support/where.ts'

const installed = hasProgram('ssh', ['-V'])
const testHere = testWhere(test, installed, 'no ssh client')
const folder = mkdtempSync(join(tmpdir(), 'weft-ssh-'))
let lab: LabSwitch

test.before(async () => {
  if (!installed) return
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'id')])
  const authorizedKeys = [readFileSync(join(folder, 'id.pub'), 'utf8')]
  lab = await startSwitch({
    name: 'leaf-101',
    config: 'hostname leaf-101\nfeature bgp\n',
    users: { admin: 'x' },
    authorizedKeys,
  })
  writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${lab.port} ${lab.hostKey}\n`)
})

test.after(async () => {
  await lab?.close()
  rmSync(folder, { recursive: true })
})

testHere('OpenSSH knows the host key and runs a command', async () => {
  const { code, text } = await ssh(['show version'], '')
  assert.is(code, 0)
  assert.match(text, /NXOS: version 10\.3\(4a\)/)
})

testHere('OpenSSH types a configuration into the switch', async () => {
  const lines = [
    'configure terminal',
    'router bgp 65102',
    'vrf vrf-001',
    'neighbor 192.168.1.10 remote-as 65531',
    'end',
    'exit',
  ]
  const { text } = await ssh(['-tt'], `${lines.join('\n')}\n`)
  assert.match(text, /leaf-101\(config-router-vrf-neighbor\)# end\r\r\n/)
  assert.match(
    lab.runningText(),
    /router bgp 65102\n {2}vrf vrf-001\n {4}neighbor 192\.168\.1\.10\n {6}remote-as 65531/,
  )
})

function ssh(words: string[], input: string): Promise<{ code: number | null; text: string }> {
  const options = [
    '-i',
    join(folder, 'id'),
    '-o',
    `UserKnownHostsFile=${join(folder, 'known_hosts')}`,
    '-o',
    'LogLevel=ERROR',
  ]
  const strict = ['-o', 'StrictHostKeyChecking=yes', '-o', 'IdentitiesOnly=yes', '-F', 'none', '-p', `${lab.port}`]
  const [first = '', ...rest] = words
  const target = first.startsWith('-') ? [first, 'admin@127.0.0.1', ...rest] : ['admin@127.0.0.1', ...words]
  const child = spawn('ssh', [...options, ...strict, ...target])
  let text = ''
  child.stdout.on('data', data => {
    text += data
  })
  child.stderr.on('data', data => {
    text += data
  })
  child.stdin.end(input)
  return new Promise(resolve => child.on('close', code => resolve({ code, text })))
}

test.run()
