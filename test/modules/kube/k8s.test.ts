import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import { FailureError } from '../../../src/model/failure.ts'
import type { KubeState } from '../../../src/model/kube.ts'
import { differences, inverse, type Managed } from '../../../src/model/managed.ts'
import { k8s } from '../../../src/modules/kube/k8s.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { suiteWithKubectl } from '../../support/where.ts'

type Input = Record<string, unknown>

/** One pass of the engine: all tasks read ahead, then each is planned and staged; `apply` writes them all at once. */
async function pass(device: Device<'kube'>, inputs: readonly Input[], apply = true) {
  const tasks = inputs.map(input => k8s.args.parse(input))
  await Promise.all(tasks.map(args => k8s.prefetch?.(device.read, args).catch(() => {})))
  const work = []
  for (const [index, args] of tasks.entries()) {
    const changes: Managed<KubeState>[] = differences(k8s.plan(await k8s.observe(device.read, args), args))
    device.stage(changes)
    work.push({
      id: `task ${index}`,
      title: `task ${index}`,
      differences: changes,
      commands: k8s.render(changes, args),
    })
  }
  return { work, outcomes: apply ? await device.write(work) : [] }
}

const config = (name: string, data: Record<string, string>, namespace = 'default') => ({
  definition: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data },
})
const peer = (name: string, asNumber: number) => ({
  definition: {
    apiVersion: 'projectcalico.org/v3',
    kind: 'BGPPeer',
    metadata: { name },
    spec: { peerIP: '192.0.2.11', asNumber },
  },
})
const forty = Array.from({ length: 20 }, (_, index) => [
  config(`c-${index}`, { value: String(index) }),
  peer(`p-${index}`, 65000 + index),
]).flat()

const widgetKind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.org' },
  spec: {
    group: 'example.org',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      },
    ],
  },
}

async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => null,
    error => (error instanceof FailureError ? error.failure : Promise.reject(error)),
  )
}

test('files that the arguments name are read before anything else, and a broken one is told without its content', () => {
  const text =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n'
  const files = {
    find: (_folder: string, name: string) => `/files/${name}`,
    read: (_folder: string, name: string) => ({ path: name, text }),
    template: (name: string) => ({ path: name, text: 'password: [canary-3' }),
    bytes: () => ({ path: '', files: [] }),
  }
  assert.is(k8s.resolve?.(k8s.args.parse({ src: 'a.yml' }), files).definition, text)
  assert.is(k8s.resolve?.(k8s.args.parse({ kustomize: 'base' }), files).kustomize, '/files/base')
  const broken = k8s.resolve?.(k8s.args.parse({ template: 'a.j2' }), files)
  assert.ok(broken)
  assert.equal(k8s.secrets?.(broken), [])
})

test('arguments that weft does not do are refused by name', () => {
  const definition = config('a', {}).definition
  for (const wrong of [{ api_key: 'x' }, { append_hash: true }, { src: 'b.yml' }, { colour: 'red' }]) {
    assert.not.ok(k8s.args.safeParse({ definition, ...wrong }).success, JSON.stringify(wrong))
  }
  assert.not.ok(k8s.args.safeParse({}).success)
  for (const fine of [{ apply: 'yes' }, { wait: 'true' }, { append_hash: false }, { validate: { strict: true } }]) {
    assert.ok(k8s.args.safeParse({ definition, ...fine }).success, JSON.stringify(fine))
  }
})

await suiteWithKubectl('k8s against the lab', async test => {
  const lab = await startKubeLab()
  test.after(() => lab.close())

  test('forty objects are created by at most four kubectl processes', async () => {
    const device = await lab.open()
    const { work, outcomes } = await pass(device, forty)
    assert.is(work.flatMap(each => each.differences).length, 40)
    assert.ok(outcomes.every(outcome => outcome.state === 'applied'))
    assert.ok((await lab.calls()).length <= 4)
    assert.is(lab.object('ConfigMap', 'c-7')?.metadata.namespace, 'default')
  })

  test('a second plan of them is empty and takes at most three', async () => {
    const { work } = await pass(await lab.open(), forty, false)
    assert.is(work.flatMap(each => each.differences).length, 0)
    const calls = await lab.calls()
    assert.is(calls.length, 2)
    assert.ok(calls.every(call => call.includes('--kubeconfig') && call.includes('--context blue')))
  })

  test('a changed field is one change, shown below the fields that lead to it, and undone by its inverse', async () => {
    const device = await lab.open()
    const { work } = await pass(device, [peer('p-3', 64999)])
    const [change] = work[0]?.differences ?? []
    assert.ok(change)
    assert.is(change.disrupts, 'the BGP sessions of this peer start anew')
    assert.equal(k8s.show(change).lines, ['  spec:', '-   asNumber: 65003', '+   asNumber: 64999'])
    const back = inverse([change])
    const outcomes = await device.write([
      { id: 'undo', title: 'undo', differences: back, commands: k8s.render(back, k8s.args.parse(peer('p-3', 64999))) },
    ])
    assert.equal(outcomes, [{ state: 'applied' }])
    assert.equal((lab.object('BGPPeer', 'p-3') as { spec?: { asNumber?: number } }).spec?.asNumber, 65003)
  })

  test('what is in a namespace and of a kind that the same plan makes is planned as new, and applied in order', async () => {
    const device = await lab.open()
    const inputs = [
      { definition: [widgetKind, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] },
      {
        definition: {
          apiVersion: 'example.org/v1',
          kind: 'Widget',
          metadata: { name: 'w', namespace: 'shop' },
          spec: {},
        },
      },
      config('settings', { a: '1' }, 'shop'),
    ]
    await lab.calls()
    const planned = await pass(device, inputs, false)
    assert.is(planned.work.flatMap(each => each.differences).length, 4)
    const { outcomes } = await pass(await lab.open(), inputs)
    assert.equal(
      outcomes.map(outcome => outcome.state),
      ['applied', 'applied', 'applied'],
    )
    assert.ok(lab.object('Widget', 'w', 'shop'))
    assert.is((await pass(await lab.open(), inputs, false)).work.flatMap(each => each.differences).length, 0)
  })

  test('a plan names all that it manages, in sync or not, with the namespace written out', async () => {
    const device = await lab.open()
    const widget = (name: string, namespace?: string) => ({
      apiVersion: 'example.net/v1',
      kind: 'Gadget',
      metadata: { name, ...(namespace ? { namespace } : {}) },
    })
    const gadgets = {
      ...widgetKind,
      metadata: { name: 'gadgets.example.net' },
      spec: {
        ...widgetKind.spec,
        group: 'example.net',
        names: { kind: 'Gadget', plural: 'gadgets', singular: 'gadget', listKind: 'GadgetList' },
      },
    }
    const clusterWide = {
      ...gadgets,
      metadata: { name: 'wides.example.net' },
      spec: {
        ...gadgets.spec,
        scope: 'Cluster',
        names: { kind: 'Wide', plural: 'wides', singular: 'wide', listKind: 'WideList' },
      },
    }
    const wide = { ...widget('w', 'shop'), kind: 'Wide' }
    const policy = (apiVersion: string) => ({ apiVersion, kind: 'NetworkPolicy', metadata: { name: 'web' }, spec: {} })
    const definition = [
      policy('networking.k8s.io/v1'),
      policy('projectcalico.org/v3'),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'late', namespace: 'kube-system' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'in-late', namespace: 'late' } },
      gadgets,
      clusterWide,
      widget('g'),
      wide,
    ]
    const ids = [
      'kube:networking.k8s.io/NetworkPolicy/default/web',
      'kube:projectcalico.org/NetworkPolicy/default/web',
      'kube:/Namespace//late',
      'kube:/ConfigMap/late/in-late',
      'kube:apiextensions.k8s.io/CustomResourceDefinition//gadgets.example.net',
      'kube:apiextensions.k8s.io/CustomResourceDefinition//wides.example.net',
      'kube:example.net/Gadget/default/g',
      'kube:example.net/Wide//w',
    ]
    const args = k8s.args.parse({ definition })
    const planned = k8s.plan(await k8s.observe(device.read, args), args)
    assert.equal(
      planned.map(({ id }) => id),
      ids,
    )
    assert.is(differences(planned).length, 8)
    await pass(await lab.open(), [{ definition }])
    const again = await lab.open()
    const settled = k8s.plan(await k8s.observe(again.read, args), args)
    assert.equal(
      settled.map(({ id }) => id),
      ids,
    )
    assert.ok(settled.every(({ before, after }) => before !== null && before === after))
    const gone = k8s.args.parse({ kind: 'ConfigMap', name: 'not-there', state: 'absent' })
    assert.equal(k8s.plan(await k8s.observe(again.read, gone), gone), [
      { id: 'kube:/ConfigMap/default/not-there', before: null, after: null },
    ])
  })

  test('one object declared twice in a task is one resource, and in two ways it is refused', async () => {
    const { definition } = config('twice', { a: '1' })
    const { metadata, ...rest } = definition
    const bare = { ...rest, metadata: { name: 'twice' } }
    const { work } = await pass(await lab.open(), [{ definition: [definition, definition] }], false)
    assert.is(work[0]?.differences.length, 1)
    const other = { ...bare, data: { a: '2' } }
    const failure = await failureOf(pass(await lab.open(), [{ definition: [definition, other] }], false))
    assert.is(failure?.code, 'invalid')
    assert.match(failure?.message ?? '', /ConfigMap\/default\/twice is declared twice in one task/)
  })

  test('a namespace that nobody makes is named', async () => {
    const failure = await failureOf(pass(await lab.open(), [config('lost', { a: '1' }, 'nowhere')]))
    assert.is(failure?.code, 'rejected')
    assert.match(failure?.message ?? '', /ConfigMap\/nowhere\/lost needs the namespace nowhere/)
  })

  test('an object that the server refuses does not hide the answers of the others', async () => {
    const device = await lab.open()
    const bad = { definition: { ...peer('bad', 1).definition, spec: { peerIP: '192.0.2.11', asNumber: 'many' } } }
    const inputs = [config('before', { a: '1' }), bad, config('after', { a: '1' })]
    const tasks = inputs.map(input => k8s.args.parse(input))
    const seen = await Promise.all(tasks.map(args => failureOf(k8s.observe(device.read, args))))
    assert.equal(
      seen.map(failure => failure?.code ?? 'fine'),
      ['fine', 'rejected', 'fine'],
    )
    assert.is(seen[1]?.device?.line, 'BGPPeer/bad')
    assert.match(seen[1]?.device?.said ?? '', /asNumber/)
  })

  test('fields of another manager are refused with its name, and taken over only when told', async () => {
    lab.cluster.put(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'default' }, data: { a: 'x' } },
      'helm',
    )
    const failure = await failureOf(pass(await lab.open(), [config('theirs', { a: 'y' })]))
    assert.is(failure?.code, 'rejected')
    assert.match(failure?.message ?? '', /ConfigMap\/default\/theirs: another field manager, helm, owns \.data\.a/)
    const { outcomes } = await pass(await lab.open(), [{ ...config('theirs', { a: 'y' }), force: true }])
    assert.equal(outcomes, [{ state: 'applied' }])
    assert.equal(lab.object('ConfigMap', 'theirs')?.data, { a: 'y' })
  })

  test('a refusal in the write undoes the task and what later tasks sent in the same call', async () => {
    const device = await lab.open()
    await pass(device, [config('kept', { a: 'old' })])
    const inputs = [
      config('first', { a: '1' }),
      { definition: [config('kept', { a: 'new' }).definition, config('made', { a: '1' }).definition] },
      config('last', { a: '1' }),
    ]
    const { work } = await pass(device, inputs, false)
    const spoiled = work.map((task, index) =>
      index === 1
        ? {
            ...task,
            commands: [...task.commands, { verb: 'apply' as const, object: config('Bad_Name', { a: '1' }).definition }],
          }
        : task,
    )
    const outcomes = await device.write(spoiled)
    assert.equal(
      outcomes.map(outcome => outcome.state),
      ['applied', 'failed', 'unsent'],
    )
    const failure = outcomes[1]?.state === 'failed' ? outcomes[1].failure : undefined
    assert.is(failure?.device?.line, 'ConfigMap/default/Bad_Name')
    assert.match(failure?.aftermath ?? '', /^Undone: .*ConfigMap\/default\/kept/)
    assert.equal(lab.object('ConfigMap', 'kept')?.data, { a: 'old' })
    assert.is(lab.object('ConfigMap', 'made'), undefined)
    assert.is(lab.object('ConfigMap', 'last'), undefined)
    assert.ok(lab.object('ConfigMap', 'first'))
  })

  test('absent deletes what is there, waits until it is gone, and plans nothing when it is', async () => {
    const device = await lab.open()
    const args = {
      api_version: 'v1',
      kind: 'ConfigMap',
      name: 'c-1',
      namespace: 'default',
      state: 'absent',
      wait: true,
    }
    const { work, outcomes } = await pass(device, [args])
    assert.is(k8s.show(work[0]?.differences[0] as never).action, 'delete')
    assert.equal(outcomes, [{ state: 'applied' }])
    assert.equal(await k8s.settled?.(device.read, k8s.args.parse(args)), { ok: true })
    assert.is((await pass(await lab.open(), [args])).work[0]?.differences.length, 0)
  })

  test('an object that is being deleted is not in sync, whatever it says', async () => {
    const held = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } }
    const metadata = { name: 'held', namespace: 'default' }
    const finalizers = ['example.org/last-words']
    await pass(await lab.open(), [{ definition: { ...held, metadata: { ...metadata, finalizers } } }])
    const gone = { api_version: 'v1', kind: 'ConfigMap', name: 'held', namespace: 'default', state: 'absent' }
    await pass(await lab.open(), [gone])
    const again = pass(await lab.open(), [{ definition: { ...held, metadata } }], false)
    const refused = await again.catch(error => error)
    assert.instance(refused, FailureError)
    assert.is(refused.failure.code, 'busy')
    assert.match(refused.failure.message, /held.* is being deleted since .* finalizers example.org\/last-words/)
  })

  test('a rollout is waited for', async () => {
    const device = await lab.open()
    const labels = { app: 'web' }
    const spec = {
      selector: { matchLabels: labels },
      replicas: 2,
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    }
    const args = {
      definition: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' }, spec },
      wait: true,
    }
    await pass(device, [args])
    let verdict = await k8s.settled?.(device.read, k8s.args.parse(args))
    for (let look = 0; look < 20 && !verdict?.ok; look++) {
      await new Promise(resolve => setTimeout(resolve, 100))
      verdict = await k8s.settled?.(device.read, k8s.args.parse(args))
    }
    assert.equal(verdict, { ok: true })
  })

  test('the values of a Secret are neither shown nor registered, and a second plan is empty', async () => {
    const secret = {
      definition: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's', namespace: 'default' },
        stringData: { password: 'canary-1' },
      },
    }
    const { work } = await pass(await lab.open(), [secret])
    const args = k8s.args.parse(secret)
    const shown = JSON.stringify(k8s.show(work[0]?.differences[0] as never))
    assert.not.match(shown, /canary-1|Y2FuYXJ5LTE/)
    assert.equal(k8s.secrets?.(args)?.toSorted(), ['Y2FuYXJ5LTE=', 'canary-1'])
    const device = await lab.open()
    const state = await k8s.observe(device.read, args)
    assert.equal(differences(k8s.plan(state, args)), [])
    assert.not.match(JSON.stringify(k8s.result?.([], args, state)), /Y2FuYXJ5LTE/)
  })

  test('an address pool is not half changed', async () => {
    const pool = (cidr: string) => ({
      definition: {
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPPool',
        metadata: { name: 'pool' },
        spec: { cidr, blockSize: 26, natOutgoing: false },
      },
    })
    await pass(await lab.open(), [pool('10.8.0.0/16')])
    const failure = await failureOf(pass(await lab.open(), [pool('10.9.0.0/16')]))
    assert.is(failure?.code, 'unsafe')
    assert.match(failure?.message ?? '', /spec\.cidr is "10\.8\.0\.0\/16" and cannot become "10\.9/)
  })
})

test.run()
