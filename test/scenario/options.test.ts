import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'
import { testWithKubectl } from '../support/where.ts'

const test = suite('options of plan and run')
let estate: Estate
let inventory: string[]

test.before(async () => {
  estate = await startEstate({ folder: folderOf({}), latencyMs: 0, firstPort: 0, log: () => {} })
  inventory = ['-i', 'inventory', '-i', estate.inventory]
})
test.after(() => estate.close())

const nxos = 'playbooks/nxos-calico.yml'

function logins(): number {
  return estate.switches.reduce((sum, { counters }) => sum + counters.logins, estate.apic.counters.logins)
}

test('--list-hosts, --list-tasks and --syntax-check touch nothing', async () => {
  const common = ['plan', 'playbooks/site.yml', ...inventory]
  const [hosts, tasks, syntax] = await Promise.all(
    ['--list-hosts', '--list-tasks', '--syntax-check'].map(flag => weft([...common, flag, '--tags', 'cni'])),
  )
  assert.equal([hosts?.code, tasks?.code, syntax?.code], [0, 0, 0])
  assert.match(
    hosts?.out ?? '',
    /play 2: Calico of cluster blue {2}\(hosts: blue_clusters\).*\n {2}hosts \(1\):\n {4}blue-k8s\n/,
  )
  assert.match(tasks?.out ?? '', /play 2: .*\n {2}tasks:\n {4}BGP password {2}\[cni\]\n/)
  assert.not.match(tasks?.out ?? '', 'Tenant VRF')
  assert.match(syntax?.out ?? '', /No mistakes found: 4 plays, \d+ tasks\./)
  assert.is(logins(), 0)
})

test('a plan has exit code 2 and changes nothing; run --check is the same', async () => {
  const before = estate.switches.map(each => each.runningText())
  for (const words of [
    ['plan', nxos],
    ['run', nxos, '--check'],
  ]) {
    const { code, out } = await weft([...words, ...inventory, '--limit', 'leaf-101'])
    assert.is(code, 2, out)
    assert.match(out, /\+.*neighbor 192\.168\.1\.11/)
    assert.match(out, /Plan: \d+ to create/)
  }
  assert.equal(
    estate.switches.map(each => each.runningText()),
    before,
  )
})

testWithKubectl(test)('--tags and --skip-tags choose plays and tasks', async () => {
  const only = await weft(['plan', nxos, ...inventory, '--tags', 'cni'])
  assert.match(only.out, 'BGPPeer')
  assert.not.match(only.out, 'leaf-101  ')
  const without = await weft(['plan', nxos, ...inventory, '--skip-tags', 'cni', '--limit', 'rack_1'])
  assert.match(without.out, 'leaf-101')
  assert.not.match(without.out, 'BGPPeer')
  assert.not.match(without.out, 'leaf-103')
})

test('--output markdown has a table of the hosts and diffs that fold', async () => {
  const { code, out } = await weft(['plan', nxos, ...inventory, '--limit', 'leaf-101', '--output', 'markdown'])
  assert.is(code, 2)
  assert.match(out, /^#+ /m)
  assert.match(out, /^\| *host.*\|\n\|[-: |]+\|\n\| *leaf-101/im)
  assert.match(out, /^```diff\n[\s\S]*^\+[\s\S]*^```$/m)
})

test('NO_COLOR is honoured, and FORCE_COLOR brings colour into a pipe', async () => {
  const words = ['plan', nxos, ...inventory, '--limit', 'leaf-101']
  assert.not.match((await weft(words)).out, '\u001b[')
  assert.match((await weft(words, { environment: { NO_COLOR: '', FORCE_COLOR: '1' } })).out, '\u001b[')
})

test('--output json is one event per line, with the recap at its end', async () => {
  const { code, out } = await weft(['plan', nxos, ...inventory, '--limit', 'leaf-101', '--output', 'json'])
  const events = out
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  assert.is(events[0].event, 'run-started')
  assert.is(events.at(-1).event, 'run-finished')
  assert.is(events.at(-1).exit, code)
  assert.is(events.at(-1).hosts['leaf-101'].changed, 22)
})

test('--start-at-task begins there', async () => {
  const words = ['plan', nxos, ...inventory, '--limit', 'leaf-101', '--start-at-task', 'IPv6 peers of the rack']
  const { code, out } = await weft([...words, '--output', 'json'])
  assert.is(code, 2)
  const done = [...out.matchAll(/"event":"host-result".*?"task":"([^"]+)"/g)].map(([, task]) => task)
  assert.equal(done, ['IPv6 peers of the rack', 'IPv6 address family of the peers'])
})

test('weft inventory shows groups as a tree, and names the nearest host', async () => {
  const graph = await weft(['inventory', ...inventory, '--graph', '--limit', 'rack_1'])
  assert.is(graph.code, 0)
  assert.match(graph.out, /@blue_leaves:\n(?:.*\n)*?.*@rack_1:\n.*--leaf-101\n.*--leaf-102\n/)
  const list = JSON.parse((await weft(['inventory', ...inventory, '--list'])).out)
  assert.equal(list.rack_2.hosts, ['leaf-103', 'leaf-104'])
  const unknown = await weft(['inventory', ...inventory, '--host', 'leaf-111'])
  assert.is(unknown.code, 4)
  assert.match(unknown.err, "Did you mean 'leaf-101'?")
})

test.run()
