import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../src/lab/apic/apic.ts'
import { leafConfig } from '../../src/lab/estate/leaf-config.ts'
import { startSwitch } from '../../src/lab/nxos/switch.ts'
import { apicWords, login } from '../bench/apic-rows.ts'
import { writeNxosPlaybook } from '../bench/nxos-work.ts'
import { weft } from '../support/weft.ts'

const test = suite('what a whole run costs a device')
const folder = mkdtempSync(join(tmpdir(), 'weft-costs-'))
const PASSWORD = 'weft-costs-password'
const leaf = await startSwitch({
  name: 'leaf-1',
  config: leafConfig({ name: 'leaf-1', number: 101, vpcDomain: 1 }),
  users: { weft: PASSWORD },
})
const apic = await startApic({ name: 'apic-1', users: { [login.user]: login.password } })
test.after(async () => {
  await Promise.all([leaf.close(), apic.close()])
  rmSync(folder, { recursive: true })
})

function inventory(): string {
  const file = join(folder, 'hosts.yml')
  writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${leaf.port} ${leaf.hostKey}\n`)
  const host = {
    ansible_host: '127.0.0.1',
    ansible_port: leaf.port,
    ansible_user: 'weft',
    ansible_password: PASSWORD,
    ansible_network_os: 'nxos',
    weft_known_hosts: join(folder, 'known_hosts'),
    leaf: { ipv4: '192.168.100.1', ipv6: '2001:db8:100::1' },
  }
  writeFileSync(file, JSON.stringify({ all: { hosts: { 'leaf-1': host } } }))
  return file
}

test('a switch: a round trip per context and eight more for the first run, then one login and one round trip', async () => {
  const words = ['run', writeNxosPlaybook(folder), '-i', inventory()]
  const first = await weft(words)
  assert.is(first.code, 0, first.out + first.err)
  const { roundTrips, contexts, logins } = { ...leaf.counters }
  assert.ok(contexts > 12, `${contexts} contexts`)
  assert.ok(roundTrips <= contexts + 8, `${roundTrips} round trips for ${contexts} contexts`)
  assert.is(logins, 1)
  const second = await weft(words)
  assert.is(second.code, 0, second.out + second.err)
  assert.is(leaf.counters.roundTrips - roundTrips, 1)
  assert.is(leaf.counters.logins, 2)
  assert.is(leaf.counters.sessionsMost, 1)
})

test('an APIC: sixty objects in twelve tasks are made by eight requests and found in sync by four', async () => {
  const words = apicWords(folder, apic, 'run')
  const first = await weft(words)
  assert.is(first.code, 0, first.out + first.err)
  const made = apic.counters.requests
  assert.ok(made <= 8, `${made} requests`)
  assert.is((await weft(words)).code, 0)
  assert.ok(apic.counters.requests - made <= 4, `${apic.counters.requests - made} requests`)
})

test.run()
