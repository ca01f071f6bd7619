import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startEstate } from '../../src/lab/estate/estate.ts'
import { has, program } from './program.ts'

const test = suite('ssh and kubectl by hand against the lab')
const folder = mkdtempSync(join(tmpdir(), 'weft-hand-'))
const estate = await startEstate({ folder, latencyMs: 0, firstPort: 0, log: () => {} })
test.after(() => estate.close())

if (has('ssh')) {
  test('OpenSSH logs in with a password and reads the version', async () => {
    const leaf = estate.switches[0]
    assert.ok(leaf)
    // OpenSSH asks for passwords through this program when there is no terminal.
    const ask = join(folder, 'ask')
    writeFileSync(ask, '#!/bin/sh\necho weft-lab-password\n', { mode: 0o700 })
    const { code, text } = await program(
      'ssh',
      [
        '-p',
        String(leaf.port),
        '-o',
        `UserKnownHostsFile=${join(folder, 'known_hosts')}`,
        'weft@127.0.0.1',
        'show version',
      ],
      { environment: { SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' } },
    )
    assert.is(code, 0, text)
    assert.match(text, /NXOS: version 10\.3/)
    assert.match(text, 'Device name: leaf-101')
  })
} else console.log('peers: no ssh on this machine')

if (has('kubectl')) {
  const kubectl = (...words: string[]) =>
    program('kubectl', ['--kubeconfig', join(folder, 'blue-k8s.kubeconfig'), ...words], {
      environment: { HOME: folder },
    })

  test('kubectl applies, diffs, drains and deletes as on a real cluster', async () => {
    const file = join(folder, 'pool.yml')
    const pool = (nat: boolean) =>
      `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: hand }\nspec: { cidr: 10.9.0.0/16, blockSize: 26, natOutgoing: ${nat} }\n`
    writeFileSync(file, pool(false))
    assert.match(
      (await kubectl('apply', '--server-side', '-f', file)).text,
      'ippool.projectcalico.org/hand serverside-applied',
    )
    writeFileSync(file, pool(true))
    const diff = await kubectl('diff', '--server-side', '-f', file)
    assert.is(diff.code, 1, diff.text)
    assert.match(diff.text, /\+ {2}natOutgoing: true/)
    const drain = await kubectl('drain', 'blue-1', '--ignore-daemonsets', '--timeout=60s')
    assert.is(drain.code, 0, drain.text)
    assert.match((await kubectl('get', 'node', 'blue-1')).text, 'SchedulingDisabled')
    assert.is((await kubectl('uncordon', 'blue-1')).code, 0)
    assert.match((await kubectl('delete', 'ippool', 'hand')).text, 'deleted')
  })

  test('the kubeconfig holds a token and nothing for anybody else to read', async () => {
    assert.match(readFileSync(join(folder, 'blue-k8s.kubeconfig'), 'utf8'), /token: \S+/)
    const wrong = await program(
      'kubectl',
      ['--kubeconfig', join(folder, 'blue-k8s.kubeconfig'), '--token', 'wrong', 'get', 'nodes'],
      {
        environment: { HOME: folder },
      },
    )
    assert.is.not(wrong.code, 0)
    assert.match(wrong.text, /Unauthorized|logged in/)
  })
} else console.log('peers: no kubectl on this machine')

test.run()
