import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'
import { hasKubectl, hasProgram, testWhere } from '../support/where.ts'

const test = suite('doctor')
let estate: Estate
let inventory: string[]

test.before(async () => {
  estate = await startEstate({ folder: folderOf({}), latencyMs: 0, firstPort: 0, log: () => {} })
  inventory = ['-i', 'inventory', '-i', estate.inventory]
})
test.after(() => estate.close())

function doctor(...words: string[]) {
  return weft(['doctor', ...inventory, ...words])
}

test('a healthy fabric: each part is named with what it answered', async () => {
  const { code, out } = await doctor('--limit', '!blue-k8s,!green-k8s')
  assert.is(code, 0, out)
  assert.match(out, /✔ node: v[0-9.]+\n/)
  for (const leaf of ['leaf-101', 'leaf-102', 'leaf-103', 'leaf-104'])
    assert.match(out, `✔ ${leaf}: nxos answers as ${leaf}\n`)
  assert.match(out, /✔ apic-1: apic answers, \d+ fabric nodes\n/)
})

testWhere(
  test,
  hasKubectl() && hasProgram('git'),
  'no kubectl (1.20 or newer) or no git',
)('programs are named with their release, and clusters with their nodes', async () => {
  const { code, out } = await doctor('--limit', 'blue-k8s,green-k8s')
  assert.is(code, 0, out)
  for (const tool of ['git', 'kubectl']) assert.match(out, new RegExp(`✔ ${tool}: [0-9.]+\n`))
  for (const cluster of ['blue-k8s', 'green-k8s']) assert.match(out, `✔ ${cluster}: kube answers, 6 nodes\n`)
})

test('a switch that is down does not hide the others', async () => {
  const [leaf] = estate.switches
  const down = folderOf({ 'hosts.yml': 'all: {hosts: {leaf-102: {ansible_port: 1, weft_port: 1}}}' })
  const { code, out } = await doctor('-i', `${down}/hosts.yml`, '--limit', 'rack_1')
  assert.is(code, 1)
  assert.match(out, `✔ leaf-101: nxos answers as ${leaf?.name}`)
  assert.match(out, /✖ leaf-102: unreachable: .*it refused the connection\.\n +do: Check address and port/)
})

test('a wrong password is told for switch and APIC, with the variables to look at', async () => {
  const { code, out, err } = await doctor('-e', 'ansible_password=Canary-Wrong-1', '--limit', 'leaf-101,apic-1')
  assert.is(code, 1)
  assert.match(out, /✖ leaf-101: denied: .*\n +do: Check ansible_user with ansible_password/)
  assert.match(out, /✖ apic-1: denied: .*\n +do: Check user and password/)
  assert.not.match(out + err, 'Canary')
})

test('a certificate that nobody vouches for is told with the setting for its authority', async () => {
  const other = folderOf({ 'ca.pem': otherAuthority })
  const { code, out } = await doctor('-e', `weft_ca=${other}/ca.pem`, '--limit', 'apic-1')
  assert.is(code, 1)
  assert.match(out, /✖ apic-1: .*certificate.*\n +do: Point weft_ca at/)
})

test('as JSON, each check is an object', async () => {
  const { code, out } = await doctor('--json', '--limit', 'leaf-103')
  assert.is(code, 0)
  const checks: { about: string; state: string; found: string }[] = JSON.parse(out)
  assert.equal(checks.at(-1), { about: 'leaf-103', state: 'ok', found: 'nxos answers as leaf-103' })
})

test('a limit that leaves no hosts is no clean bill of health', async () => {
  const { code, err } = await doctor('--limit', 'leaf-111')
  assert.is(code, 4)
  assert.match(err, '--limit leaf-111 leaves no hosts')
  assert.match(err, 'Did you mean "leaf-101"?')
})

test('a missing inventory is told', async () => {
  const { code, err } = await weft(['doctor', '-i', 'nowhere'])
  assert.is(code, 4)
  assert.match(err, /The inventory \S+nowhere does not exist/)
})

/** An authority that signed nothing here. */
const otherAuthority = await (async () => {
  const { startApic } = await import('../../src/lab/apic/apic.ts')
  const apic = await startApic({ name: 'other', users: {} })
  await apic.close()
  return apic.ca
})()

test.run()
