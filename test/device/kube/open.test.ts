import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCluster } from '../../../src/device/kube/open.ts'
import { type Failure, toFailure } from '../../../src/model/failure.ts'
import type { KubeObject } from '../../../src/model/kube.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { suiteWithKubectl, testWithKubectl } from '../../support/where.ts'

const config = (name: string, value = '1', namespace = 'default'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data: { a: value },
})

async function failureOf(promise: Promise<unknown>): Promise<Failure | null> {
  return promise.then(() => null, toFailure)
}

function kubeconfigFor(server: string): string {
  const clusters = [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }]
  const contexts = ['lab-blue', 'lab-green'].map(name => ({ name, context: { cluster: 'c', user: 'u' } }))
  const users = [{ name: 'u', user: { token: 'secret-token' } }]
  return JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'lab-blue', clusters, contexts, users })
}

const fake = suite('a kubectl that is not there, too old, or has nobody to talk to')
let folder = ''
fake.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weft-kubectl-'))
})
fake.after(() => rm(folder, { recursive: true, force: true }))

interface Against {
  readonly server?: string
  readonly kubectl?: string
  readonly context?: string
  readonly timeoutSeconds?: number
  readonly signal?: AbortSignal
}

async function against({ server = 'https://127.0.0.1:1', kubectl, signal, ...rest }: Against) {
  const kubeconfig = join(folder, 'config')
  await writeFile(kubeconfig, kubeconfigFor(server))
  return openCluster({
    endpoint: { host: 'blue', platform: 'kube', address: 'blue', kubeconfig, ...rest },
    run: 'test',
    progress: () => {},
    signal: signal ?? new AbortController().signal,
    ...(kubectl ? { kubectl } : {}),
  })
}

async function program(script: string): Promise<string> {
  const file = join(folder, `kubectl-${Math.random().toString(36).slice(2)}`)
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
  return file
}

async function targetAt(kubeconfig: string, server: string, context?: string): Promise<string> {
  await writeFile(join(folder, kubeconfig), kubeconfigFor(server))
  const endpoint = { host: 'blue', platform: 'kube', address: 'blue', kubeconfig: join(folder, kubeconfig) } as const
  const signal = new AbortController().signal
  const device = await openCluster({
    endpoint: context === undefined ? endpoint : { ...endpoint, context },
    run: 'test',
    progress: () => {},
    signal,
  })
  return device.target
}

fake('a cluster is the server that its context leads to, wherever the kubeconfig lies', async () => {
  const here = await targetAt('here', 'https://127.0.0.1:1')
  assert.is(here, 'kube:lab-blue@https://127.0.0.1:1')
  assert.is(await targetAt('elsewhere', 'https://127.0.0.1:1', 'lab-blue'), here)
  assert.is.not(await targetAt('here', 'https://127.0.0.1:2'), here)
  assert.is.not(await targetAt('here', 'https://127.0.0.1:1', 'lab-green'), here)
})

fake('a kubeconfig that cannot be read is no failure of opening', async () => {
  assert.is(await targetAt('here', 'https://127.0.0.1:1', 'nowhere'), `kube:nowhere@${join(folder, 'here')}`)
})

fake('a missing kubectl is told with how to get it', async () => {
  for (const kubectl of ['kubectl-that-is-nowhere', join(folder, 'nothing')]) {
    const device = await against({ kubectl })
    const failure = await failureOf(device.read.preview([config('a')]))
    assert.is(failure?.code, 'invalid')
    assert.match(failure?.message ?? '', /There is no .* to run/)
    assert.match(failure?.remedy ?? '', /Install kubectl 1\.20/)
  }
})

fake('a kubectl that knows no server-side apply is told its version and the oldest that does', async () => {
  const kubectl = await program(`
case "$*" in
  *version*) echo '{"clientVersion": {"gitVersion": "v1.15.3"}}' ;;
  *) echo 'Error: unknown flag: --server-side' >&2; exit 1 ;;
esac`)
  const failure = await failureOf((await against({ kubectl })).read.preview([config('a')]))
  assert.is(failure?.code, 'invalid')
  assert.match(failure?.message ?? '', /kubectl 1\.15 is too old: weft needs 1\.20/)
})

fake('a good kubectl is not asked for its version', async () => {
  const log = join(folder, 'log')
  const kubectl = await program(`echo "$@" >> ${log}; cat > /dev/null`)
  await (await against({ kubectl })).read.get([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }])
  const calls = (await readFile(log, 'utf8')).trim().split('\n')
  assert.is(calls.length, 1)
  assert.match(calls[0] ?? '', /^--kubeconfig \S+ --context lab-blue --request-timeout=30s get -f - -o json/)
})

fake('a missing kubeconfig, an unreadable one and an unknown context are told before anything runs', async () => {
  const open = (kubeconfig: string) =>
    openCluster({
      endpoint: { host: 'blue', platform: 'kube', address: 'blue', kubeconfig },
      run: 'test',
      progress: () => {},
      signal: new AbortController().signal,
      kubectl: 'kubectl-that-is-nowhere',
    })
  const missing = await failureOf((await open(join(folder, 'none'))).read.preview([config('a')]))
  assert.is(missing?.code, 'invalid')
  assert.match(missing?.message ?? '', /There is no kubeconfig at .*none/)
  await writeFile(join(folder, 'broken'), 'users: [{token: canary-2\n')
  const broken = await failureOf((await open(join(folder, 'broken'))).read.preview([config('a')]))
  assert.match(broken?.message ?? '', /cannot be read: it is not YAML/)
  assert.not.match(JSON.stringify(broken), /canary-2/)
  const unknown = await failureOf((await against({ context: 'lab-bleu' })).read.preview([config('a')]))
  assert.is(unknown?.code, 'invalid')
  assert.match(unknown?.message ?? '', /no context 'lab-bleu'\. It knows: lab-blue, lab-green\./)
  assert.match(unknown?.remedy ?? '', /Did you mean weft_context: lab-blue\?/)
})

fake('an answer that is not JSON is unparseable', async () => {
  const kubectl = await program('cat > /dev/null; echo "<html>login</html>"')
  const failure = await failureOf((await against({ kubectl })).read.preview([config('a')]))
  assert.is(failure?.code, 'unparseable')
})

fake('words in names and contexts are never read by a shell', async () => {
  const log = join(folder, 'words')
  const kubectl = await program(`printf '%s\\n' "$@" > ${log}; cat > /dev/null`)
  const evil = '$(touch owned); `id` \'"&|'
  await (await against({ kubectl })).read.list({ apiVersion: 'v1', kind: 'Pod', name: evil, labelSelector: evil })
  const words = (await readFile(log, 'utf8')).split('\n')
  assert.ok(words.includes(evil))
  assert.ok(words.includes(`--selector=${evil}`))
})

fake('stopping the run stops kubectl and nothing else', async () => {
  const kubectl = await program('sleep 30')
  const stop = new AbortController()
  const began = performance.now()
  const device = await against({ kubectl, signal: stop.signal })
  const reading = failureOf(device.read.preview([config('a')]))
  setTimeout(() => stop.abort(), 300)
  assert.is((await reading)?.code, 'interrupted')
  assert.ok(performance.now() - began < 5000)
})

fake('a kubectl that hangs by itself is stopped', async () => {
  const kubectl = await program('sleep 30')
  const device = await against({ kubectl, timeoutSeconds: 0.2 })
  assert.is((await failureOf(device.read.preview([config('a')])))?.code, 'timeout')
})

const withKubectl = testWithKubectl(fake)

withKubectl('a refused connection and an unknown name are unreachable', async () => {
  for (const server of ['https://127.0.0.1:1', 'https://no-such-host.invalid:6443']) {
    const failure = await failureOf((await against({ server, timeoutSeconds: 5 })).read.preview([config('a')]))
    assert.is(failure?.code, 'unreachable')
    assert.not.match(JSON.stringify(failure), /secret-token/)
  }
})

withKubectl('a server that accepts and says nothing is a timeout', async () => {
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => void sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const device = await against({ server: `http://127.0.0.1:${port}`, timeoutSeconds: 1 })
  const failure = await failureOf(device.read.preview([config('a')]))
  for (const socket of sockets) socket.destroy()
  server.close()
  assert.is(failure?.code, 'timeout')
})
fake.run()

await suiteWithKubectl('kubectl against the lab', async real => {
  const lab = await startKubeLab()
  real.after(() => lab.close())

  real('a wrong token is denied', async () => {
    const kubeconfig = join(lab.folder, 'wrong')
    await writeFile(kubeconfig, lab.cluster.kubeconfig().replace(lab.cluster.token, 'wrong'))
    const device = await openCluster({
      endpoint: { host: 'blue', platform: 'kube', address: 'blue', kubeconfig },
      run: 'test',
      progress: () => {},
      signal: new AbortController().signal,
    })
    assert.is((await failureOf(device.read.preview([config('a')])))?.code, 'denied')
  })

  real('calls made together share a process, and asking again asks nobody', async () => {
    const device = await lab.open()
    await lab.calls()
    await Promise.all(['a', 'b', 'c'].map(name => device.read.preview([config(name)])))
    assert.is((await lab.calls()).length, 2)
    await device.read.preview([config('b')])
    await device.read.get([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'c', namespace: 'default' }])
    assert.is((await lab.calls()).length, 0)
  })

  real('planned changes show in later reads until they are written', async () => {
    const device = await lab.open()
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'soon', namespace: 'default' }
    assert.equal(await device.read.get([ref]), [null])
    device.stage([{ id: 'kube:/ConfigMap/default/soon', before: null, after: { object: config('soon') } }])
    assert.equal((await device.read.get([ref]))[0]?.data, { a: '1' })
    const [preview] = await device.read.preview([config('soon', '2')])
    assert.equal([preview?.live?.data, preview?.merged?.data], [{ a: '1' }, { a: '2' }])
    assert.is(lab.object('ConfigMap', 'soon'), undefined)
  })

  real('a task that declares less of an object than one before it is refused, naming what would be lost', async () => {
    const device = await lab.open()
    const both = { ...config('both'), data: { a: '1', b: '' } }
    const [ours, less] = [both, config('both', '2')]
    const stage = (after: KubeObject | null) =>
      device.stage([
        {
          id: 'kube:/ConfigMap/default/both',
          before: { object: ours },
          after: after && { object: after, declared: after },
        },
      ])
    stage(ours)
    const failure = await failureOf(device.read.preview([less]))
    assert.is(failure?.code, 'invalid')
    assert.match(
      failure?.message ?? '',
      /^ConfigMap\/default\/both is declared by an earlier task too, with data\/b, which/,
    )
    assert.is(await failureOf(device.read.preview([{ ...both, data: { a: '2', b: 'x', c: 'y' } }])), null)
    stage(null)
    assert.is(await failureOf(device.read.preview([less])), null)
  })

  real('an undo that fails says what is left', async () => {
    const device = await lab.open()
    const made = config('made')
    const changes = [{ id: 'kube:/ConfigMap/default/made', before: null, after: { object: made } }]
    const bad = { ...config('Bad_Name') }
    const commands = [made, bad].map(object => ({ verb: 'apply' as const, object }))
    lab.cluster.setFaults([{ verb: 'delete', resource: 'configmaps', status: 403 }])
    const outcomes = await device.write([{ id: 'one', title: 'one', differences: changes, commands }])
    lab.cluster.setFaults([])
    const failure = outcomes[0]?.state === 'failed' ? outcomes[0].failure : null
    assert.match(failure?.aftermath ?? '', /^NOT undone.*ConfigMap\/default\/made/)
  })

  real('an undo takes along what no namespace holds, though the task gave it one', async () => {
    const device = await lab.open()
    const peer = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'BGPPeer',
      spec: { peerIP: '192.0.2.11', asNumber: 65102 },
    }
    const declared = { ...peer, metadata: { name: 'made', namespace: 'kube-system' } }
    const object = { ...peer, metadata: { name: 'made' } }
    const differences = [{ id: 'kube:projectcalico.org/BGPPeer//made', before: null, after: { object, declared } }]
    const commands = [declared, config('Bad_Name')].map(each => ({ verb: 'apply' as const, object: each }))
    const outcomes = await device.write([{ id: 'one', title: 'one', differences, commands }])
    const failure = outcomes[0]?.state === 'failed' ? outcomes[0].failure : null
    assert.is(failure?.aftermath, 'Undone: BGPPeer/made is as before.')
    assert.is(lab.object('BGPPeer', 'made'), undefined)
  })

  real('list takes selectors, and an unserved kind is its own answer', async () => {
    const device = await lab.open()
    const nodes = await device.read.list({ apiVersion: 'v1', kind: 'Node', labelSelector: 'rack_id=1' })
    assert.equal(
      nodes.map(node => node.metadata.name),
      ['node-1'],
    )
    const failure = await failureOf(device.read.list({ apiVersion: 'none.example/v1', kind: 'None' }))
    assert.match(failure?.device?.said ?? '', /doesn't have a resource type|no matches for kind/)
  })

  real('kustomize builds a folder without a cluster', async () => {
    await writeFile(join(lab.folder, 'kustomization.yaml'), 'resources: [one.yaml]\nnamePrefix: blue-\n')
    await writeFile(join(lab.folder, 'one.yaml'), JSON.stringify(config('one')))
    assert.match(await (await lab.open()).read.kustomize(lab.folder), /name: blue-one/)
  })
})
