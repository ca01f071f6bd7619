import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'
import { testWhere } from '../support/where.ts'

const test = suite('an APIC, a cluster or a machine in trouble')
const OLD_KUBECTL = `#!/bin/sh
case "$*" in
*version*) echo '{"clientVersion":{"major":"1","minor":"17","gitVersion":"v1.17.3"}}' ;;
*) echo 'Error: invalid argument "server" for "--dry-run" flag: strconv.ParseBool: parsing "server": invalid syntax' >&2; exit 1 ;;
esac
`
let estate: Estate
let folder: string
let laid: string[]

test.before(async () => {
  estate = await startEstate({ folder: folderOf({}), latencyMs: 0, firstPort: 0, log: () => {} })
  laid = ['-i', 'inventory', '-i', estate.inventory]
  folder = folderOf({
    'kube.yml': `- hosts: blue-k8s
  tasks:
    - k8s:
        definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}, data: {a: b}}
`,
    'apic.yml': `- hosts: apic-1
  tasks:
    - apic_tree:
        dn: uni
        tree: {fvTenant: {attributes: {name: scenario}}}
`,
    'disk.yml': `- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - copy: {content: "{{ 'x' * 500000 }}", dest: full/file}
`,
    'template.yml': `- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - template: {src: long.j2, dest: full/file}
`,
    'long.j2': '{% for i in range(50000) %}0123456789{% endfor %}',
    'device.yml': `- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - copy: {content: a, dest: /dev/full}
`,
  })
  symlinkSync(join(process.cwd(), 'inventory'), join(folder, 'inventory'))
})
test.after(() => estate.close())

function run(playbook: string, more: readonly string[] = [], environment = {}) {
  return weft(['run', playbook, ...laid, ...more], { folder, environment })
}

test('an APIC that answers HTML is told with what it said, and is not written to', async () => {
  estate.apic.setFaults({ html: 1000 })
  const { code, out } = await run('apic.yml')
  estate.apic.setFaults({ html: 0 })
  assert.is(code, 1)
  assert.match(out, /at apic\.yml:3:7\n/)
  assert.match(out, 'HTML')
  assert.match(out, /do: \S+/)
  assert.not.ok(estate.apic.objects().has('uni/tn-scenario'))
  assert.is(estate.apic.counters.posts, 0)
})

test('an APIC whose certificate nobody trusts gets no password', async () => {
  const { logins } = estate.apic.counters
  const { code, out } = await run('apic.yml', ['-e', 'weft_ca=/etc/hostname'])
  assert.is.not(code, 0)
  assert.match(out, /weft_ca/)
  assert.is(estate.apic.counters.logins, logins)
})

test('without kubectl, weft says what to install', async () => {
  const empty = folderOf({})
  for (const name of ['sh', 'bash']) {
    const [shell] = ['/bin', '/usr/bin'].map(place => join(place, name)).filter(existsSync)
    if (shell) symlinkSync(shell, join(empty, name))
  }
  const { code, out } = await run('kube.yml', [], { PATH: empty })
  assert.is(code, 1)
  assert.match(out, 'There is no kubectl to run on this machine.')
  assert.match(out, 'Install kubectl 1.20 or newer and put it into PATH')
})

test('a kubectl that is too old is told with its version', async () => {
  const old = folderOf({ kubectl: OLD_KUBECTL })
  chmodSync(join(old, 'kubectl'), 0o755)
  const { code, out } = await run('kube.yml', [], { PATH: `${old}:${process.env.PATH}` })
  assert.is(code, 1)
  assert.match(out, /kubectl .*1\.17/)
  assert.match(out, /Install kubectl 1\.20 or newer|1\.20 or newer/)
})

test('a kubectl that answers something else is no defect of weft', async () => {
  const odd = folderOf({ kubectl: '#!/bin/sh\necho \'{"hello": "world"}\'\n' })
  chmodSync(join(odd, 'kubectl'), 0o755)
  const { code, out } = await run('kube.yml', [], { PATH: `${odd}:${process.env.PATH}` })
  assert.is(code, 1)
  assert.match(out, 'unparseable: ')
})

test('a kubeconfig that is not there is named, with the variables that say where it is', async () => {
  const { code, out } = await run('kube.yml', ['-e', 'weft_kubeconfig=/nowhere/config'])
  assert.is(code, 1)
  assert.match(out, 'There is no kubeconfig at /nowhere/config.')
  assert.match(out, 'Set weft_kubeconfig')
})

test('a context that the kubeconfig does not have is told with those it has', async () => {
  const { code, out } = await run('kube.yml', ['-e', 'weft_context=bleu'])
  assert.is(code, 1)
  assert.match(out, /has no context 'bleu'\. It knows: blue\./)
})

test('a device is no file to copy to', async () => {
  const { code, out } = await run('device.yml')
  assert.is(code, 1)
  assert.match(out, '/dev/full is not a regular file.')
})

const mounts = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
for (const playbook of ['disk.yml', 'template.yml'])
  testWhere(
    test,
    mounts,
    'no small file system can be mounted',
  )(`a full disk leaves the old file as it was (${playbook})`, () => {
    const full = join(folder, 'full')
    mkdirSync(full, { recursive: true })
    const seen = join(folder, `${playbook}.seen`)
    const script = `mount -t tmpfs -o size=64k tmpfs ${full} && echo old > ${full}/file || exit 99
"$@"; code=$?; { cat ${full}/file; ls -A ${full}; } > ${seen}; exit $code`
    const command = [process.execPath, join(process.cwd(), 'bin/weft.js'), 'run', playbook, '-i', 'localhost,']
    const ended = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', ...command], { cwd: folder, encoding: 'utf8' })
    assert.is(ended.status, 1, ended.stdout)
    assert.match(ended.stdout, /full\/file was not written: the disk is full\./)
    assert.match(ended.stdout, 'now: The file is as it was before.')
    assert.match(ended.stdout, 'Free space there')
    assert.is(readFileSync(seen, 'utf8'), 'old\nfile\n')
    assert.equal(readdirSync(full), [])
  })

test.run()
