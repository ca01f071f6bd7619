import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Faults } from '../../src/lab/nxos/faults.ts'
import { closeAll, knownHostsFile } from '../support/nxos.ts'
import { type OneLeaf, oneLeaf, play } from '../support/one-leaf.ts'
import { weft } from '../support/weft.ts'

const test = suite('a switch in trouble')
const REFUSED = "% Invalid command at '^' marker."
const files = {
  'site.yml': play(`- name: A loopback
  nxos_config:
    parents: [interface loopback7]
    lines: [description seven, ip address 10.7.0.1/32]
- name: A neighbour
  nxos_config:
    parents: [router bgp 65102, neighbor 10.9.9.9]
    lines: [remote-as 65001, description nine]
`),
}
const run = ['run', 'site.yml']
let leaf: OneLeaf

test.before.each(async () => {
  leaf = await oneLeaf()
})
test.after.each(closeAll)

async function runWith(faults: Faults, variables = {}) {
  leaf.lab.setFaults(faults)
  return leaf.weft(run, files, variables)
}

function isUntouched(): void {
  assert.not.match(leaf.lab.runningText(), /loopback7|10\.9\.9\.9/)
  assert.equal(leaf.lab.checkpoints(), [])
}

test('an unknown host key is refused before the password is sent, with the way to check it', async () => {
  const { code, out } = await runWith({}, { weft_known_hosts: await knownHostsFile('') })
  assert.is(code, 3)
  assert.match(out, /The host key of leaf-a \(\[127\.0\.0\.1\]:\d+, ssh-ed25519 SHA256:\S+\) is not in \S+known_hosts/)
  assert.match(out, /ssh-keyscan -p \d+ 127\.0\.0\.1 >> /)
  assert.is(leaf.lab.counters.logins, 0)
})

test('a changed host key names the line of known_hosts', async () => {
  const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGm4n1r1S0hFQ1pF1mD8mGkq9Hn0b0m7q9q0b0m7q9q0'
  const file = await knownHostsFile(`# switches\n[127.0.0.1]:${leaf.lab.port} ${other}\n`)
  const { code, out } = await runWith({}, { weft_known_hosts: file })
  assert.is(code, 3)
  assert.match(out, 'has CHANGED')
  assert.match(out, `${file}:2 expects another`)
  assert.match(out, /ssh-keygen -R '\[127\.0\.0\.1\]:\d+' -f /)
  assert.is(leaf.lab.counters.logins, 0)
})

test('a wrong password is denied, and not shown', async () => {
  const { code, out, err } = await runWith({}, { ansible_password: 'Canary-Wrong-1' })
  assert.is(code, 1)
  assert.match(out, 'denied: leaf-a refused the login of admin (password).')
  assert.match(out, 'Check ansible_user with ansible_password')
  assert.not.match(out + err, 'Canary')
})

test('a switch that does not answer is unreachable, which has an exit code of its own', async () => {
  const { code, out } = await runWith({}, { ansible_port: 1 })
  assert.is(code, 3)
  assert.match(out, 'unreachable: leaf-a (127.0.0.1:1) is not reachable: it refused the connection.')
  assert.match(out, /Retry: weft run site\.yml .*--limit leaf-a/)
})

test('a refused line is told in the words of the switch and undone; the printed command then does the rest', async () => {
  leaf.lab.setFaults({ reject: [{ pattern: 'description nine', text: REFUSED }] })
  const folder = leaf.folder(files)
  const { code, out } = await weft(run, { folder })
  assert.is(code, 1)
  assert.match(
    out,
    /rejected: leaf-a refused 'description nine' in 'router bgp 65102 \/ neighbor 10\.9\.9\.9'\.\n +at site\.yml:9:7/,
  )
  assert.match(out, / {4}router bgp 65102\n +neighbor 10\.9\.9\.9\n +> +description nine\n +% Invalid command/)
  assert.match(out, 'now: Undone: its lines were taken back one by one')
  assert.match(leaf.lab.runningText(), 'loopback7')
  assert.not.match(leaf.lab.runningText(), '10.9.9.9')
  assert.is(leaf.lab.startupText(), leaf.lab.runningText())
  assert.equal(leaf.lab.checkpoints(), [])
  leaf.lab.setFaults({})
  const again = await weft(retryOf(out), { folder })
  assert.is(again.code, 0, again.out)
  assert.match(leaf.lab.runningText(), 'description nine')
  assert.is((await weft(['plan', 'site.yml'], { folder })).code, 0)
})

/** The words of the printed command, as a shell would cut them. */
function retryOf(out: string): string[] {
  const line = /Retry: weft (.*)/.exec(out)?.[1] ?? ''
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

test('a rollback that fails is said loudly, and its checkpoint is kept', async () => {
  const { code, out } = await runWith({
    reject: ['description nine', '^no neighbor'].map(pattern => ({ pattern, text: REFUSED })),
    rollbackFails: true,
  })
  assert.is(code, 1)
  assert.match(out, "refused 'description nine'")
  assert.match(out, /now: NOT undone/)
  const [checkpoint = 'none'] = leaf.lab.checkpoints()
  assert.match(out, checkpoint)
  assert.match(out, 'rollback running-config checkpoint')
})

test('a switch that refuses the checkpoint is not written to', async () => {
  const { code, out } = await runWith({ refuseCheckpoint: true })
  assert.is(code, 1)
  assert.match(out, 'refused the checkpoint')
  assert.match(out, 'FCOE is enabled. Disabling rollback module')
  assert.match(out, 'now: Nothing was written.')
  isUntouched()
})

test('a configuration that cannot be saved is told: a reload would lose it', async () => {
  const { code, out } = await runWith({ copyFails: true })
  assert.is(code, 1)
  assert.match(out, 'leaf-a did not save its configuration.')
  assert.match(out, 'Configuration update aborted')
  assert.match(out, 'now: The changes are in the running-config; a reload would lose them.')
  assert.match(out, /do: Free space .* copy running-config startup-config/)
})

test('a switch that closes once in the middle of a write is logged in to again, and all is written', async () => {
  const { code, out } = await runWith({ drop: { pattern: 'description nine', taken: true } })
  assert.is(code, 0, out)
  assert.match(leaf.lab.runningText(), 'description nine')
  assert.is(leaf.lab.startupText(), leaf.lab.runningText())
  assert.equal(leaf.lab.checkpoints(), [])
})

test('a switch that closes in the middle of a write again and again leaves it unknown, and weft says so', async () => {
  const { code, out } = await runWith({ disconnectAfterCommands: 5 })
  assert.is(code, 3)
  assert.match(out, 'unreachable: leaf-a closed the session.')
  assert.match(out, /now: Unknown: \d+ lines were acknowledged, what was sent behind them may be there or not\./)
  assert.match(out, 'Nothing is saved to startup-config')
  const [checkpoint = 'none'] = leaf.lab.checkpoints()
  assert.match(out, `rollback running-config checkpoint ${checkpoint}`)
  leaf.lab.setFaults({})
  assert.is((await leaf.weft(run, files)).code, 0)
  assert.is((await leaf.weft(['plan', 'site.yml'], files)).code, 0)
})

test('a switch that hangs in the middle of its answer is a timeout', async () => {
  const { code, out } = await runWith({ hang: { pattern: '^show running', afterBytes: 60 } }, { weft_timeout: 1 })
  assert.is(code, 1)
  assert.match(out, "timeout: leaf-a said nothing for 1 s in the middle of 'show running-config'")
  isUntouched()
})

test('a refused line with a password is told without it', async () => {
  leaf.lab.setFaults({ reject: [{ pattern: 'password', text: '% Invalid password Canary-Bgp-9' }] })
  const secret = play(`- nxos_config:
    parents: [router bgp 65102, neighbor 10.9.9.9]
    lines: [remote-as 65001, password 3 Canary-Bgp-9]
`)
  for (const output of ['plain', 'json', 'markdown']) {
    const { code, out, err } = await leaf.weft([...run, '-vv', '--diff', '--output', output], { 'site.yml': secret })
    assert.is(code, 1)
    assert.match(out, 'password 3 ********')
    assert.not.match(out + err, 'Canary')
  }
})

test.run()
