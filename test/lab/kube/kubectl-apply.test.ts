import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import { suiteWithKubectl, testWhere } from '../../support/where.ts'
import { kubectlFor, minorOfKubectl } from './kubectl.ts'
import { bgpPeer, nodes } from './sample.ts'

interface Entry {
  readonly manager: string
  readonly operation: string
}

await suiteWithKubectl('kubectl apply against the lab', async test => {
  const cluster = await startCluster({ name: 'demo', nodes: nodes(2), crds: ['calico'] })
  const kubectl = kubectlFor(cluster)
  test.after(async () => {
    kubectl.close()
    await cluster.close()
  })
  const apply = (object: object, ...more: string[]) =>
    kubectl(['apply', '--server-side', '--field-manager=weft', '-f', '-', ...more], object)
  const list = (...items: object[]) => ({ apiVersion: 'v1', kind: 'List', items })
  const secret = (value: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'bgp', namespace: 'kube-system' },
    stringData: { 'rack-1': value },
  })

  test('a server-side dry run answers the merged objects and stores nothing', async () => {
    const { code, out } = await apply(list(bgpPeer(), secret('one')), '--dry-run=server', '-o', 'json')
    assert.is(code, 0)
    const items = JSON.parse(out).items as { kind: string; data?: object }[]
    assert.equal(
      items.map(item => item.kind),
      ['BGPPeer', 'Secret'],
    )
    assert.equal(items[1]?.data, { 'rack-1': 'b25l' })
    assert.is(
      cluster.objects().some(object => object.kind === 'BGPPeer'),
      false,
    )
  })

  test('an apply creates; the same again keeps the resourceVersion; diff agrees on both', async () => {
    const objects = list(bgpPeer(), secret('one'))
    assert.is((await kubectl(['diff', '--server-side', '--field-manager=weft', '-f', '-'], objects)).code, 1)
    assert.is((await apply(objects)).code, 0)
    const before = cluster.objects().find(object => object.kind === 'BGPPeer')
    assert.is((await apply(objects)).code, 0)
    assert.is(
      cluster.objects().find(object => object.kind === 'BGPPeer'),
      before,
    )
    assert.is((await kubectl(['diff', '--server-side', '--field-manager=weft', '-f', '-'], objects)).code, 0)
    assert.equal(before?.metadata.generation, 1)
  })

  test('fields of another manager are a conflict, named as Kubernetes names it, until forced', async () => {
    const other = ['apply', '--server-side', '--field-manager=other', '-f', '-']
    const refused = await kubectl(other, bgpPeer({ asNumber: 65103 }))
    assert.is(refused.code, 1)
    assert.match(refused.err, 'Apply failed with 1 conflict: conflict with "weft": .spec.asNumber')
    const forced = await kubectl([...other, '--force-conflicts'], bgpPeer({ asNumber: 65103 }))
    assert.is(forced.code, 0, forced.err)
    const { metadata, spec } = cluster.objects().find(object => object.kind === 'BGPPeer') ?? bgpPeer()
    const managers = 'managedFields' in metadata ? (metadata.managedFields as unknown as Entry[]) : []
    assert.is((spec as { asNumber: number }).asNumber, 65103)
    assert.is('generation' in metadata && metadata.generation, 2)
    assert.equal(
      managers.map(entry => `${entry.manager} ${entry.operation}`),
      ['weft Apply', 'other Apply'],
    )
  })

  test('an updater is named with the version that it wrote through', async () => {
    await kubectl([
      'patch',
      'bgppeer',
      'rack-1-leaf-a',
      '--type=merge',
      '--field-manager=hand',
      '-p',
      '{"spec":{"asNumber":7}}',
    ])
    const refused = await apply(bgpPeer())
    assert.match(refused.err, 'conflict with "hand" using projectcalico.org/v3: .spec.asNumber')
    assert.is((await apply(bgpPeer(), '--force-conflicts')).code, 0)
  })

  test('a field that the manager no longer applies goes', async () => {
    await apply(bgpPeer({ keepOriginalNextHop: true }))
    const applied = await kubectl.json(['apply', '--server-side', '--field-manager=weft', '-f', '-'], bgpPeer())
    assert.is('keepOriginalNextHop' in (applied.spec as object), false)
  })

  test('mistakes are refused by name: type, unknown field, value', async () => {
    assert.match(
      (await apply(bgpPeer({ asNumber: 'x' }))).err,
      '.spec.asNumber: expected numeric (int or float), got string',
    )
    assert.match((await apply(bgpPeer({ asNumbr: 1 }))).err, '.spec.asNumbr: field not declared in schema')
    const wrong = await apply(bgpPeer({ sourceAddress: 'No' }))
    assert.match(wrong.err, 'spec.sourceAddress: Unsupported value: "No": supported values: "UseNodeIP", "None"')
    const selected = await apply(bgpPeer({ peerIP: '', peerSelector: 'all()' }), '--force-conflicts')
    assert.match(selected.err, 'spec: Forbidden: asNumber must be empty when peerSelector is set')
    const both = await apply(bgpPeer({ node: 'node-1' }))
    assert.match(both.err, 'spec: Forbidden: node and nodeSelector cannot both be set')
  })

  test('a pool keeps its cidr and block size', async () => {
    const pool = (blockSize: number) => ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: 'pods' },
      spec: { cidr: '10.3.0.0/16', blockSize },
    })
    assert.is((await apply(pool(26))).code, 0)
    const refused = await apply(pool(27))
    assert.match(refused.err, 'spec.blockSize: Invalid value: 27: Block size cannot be changed')
  })

  test('client-side apply works too: created, configured, unchanged, and removed with the declaration', async () => {
    const filter = (spec: object) => ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'BGPFilter',
      metadata: { name: 'f' },
      spec,
    })
    const first = await kubectl(
      ['apply', '-f', '-'],
      filter({ exportV4: [{ action: 'Accept' }], importV4: [{ action: 'Reject' }] }),
    )
    assert.match(first.out, 'bgpfilter.projectcalico.org/f created')
    assert.match((await kubectl(['apply', '-f', '-'], filter({ exportV4: [{ action: 'Reject' }] }))).out, 'configured')
    assert.match((await kubectl(['apply', '-f', '-'], filter({ exportV4: [{ action: 'Reject' }] }))).out, 'unchanged')
    const { spec } = await kubectl.json(['get', 'bgpfilter', 'f'])
    assert.equal(spec, { exportV4: [{ action: 'Reject' }] })
  })

  testWhere(
    test,
    minorOfKubectl() >= 26,
    'no kubectl of 1.26 or newer',
  )('what was applied client-side moves to server-side apply without a conflict', async () => {
    const object = (data: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'moved', namespace: 'default' },
      data,
    })
    await kubectl(['apply', '-f', '-'], object({ a: '1', b: '2' }))
    await kubectl(['apply', '--server-side', '-f', '-'], object({ a: '1', b: '2' }))
    const moved = cluster.objects().find(found => found.metadata.name === 'moved')
    const managers = (moved?.metadata.managedFields ?? []) as unknown as Entry[]
    const names = managers.map(entry => `${entry.manager} ${entry.operation}`)
    assert.equal(names.toSorted(), ['kubectl Apply', 'kubectl-last-applied Apply'])
    const applied = await kubectl(['apply', '--server-side', '-f', '-'], object({ a: '3' }))
    assert.is(applied.code, 0, applied.err)
    assert.equal(cluster.objects().find(found => found.metadata.name === 'moved')?.data, { a: '3' })
  })

  test('create, label, annotate, JSON patch, replace and delete', async () => {
    assert.is((await kubectl(['create', 'namespace', 'tenant'])).code, 0)
    assert.is((await kubectl(['create', 'configmap', 'c', '-n', 'tenant', '--from-literal=a=b'])).code, 0)
    await kubectl(['label', 'configmap', 'c', '-n', 'tenant', 'x=y'])
    await kubectl(['annotate', 'configmap', 'c', '-n', 'tenant', 'p/q=r'])
    await kubectl([
      'patch',
      'configmap',
      'c',
      '-n',
      'tenant',
      '--type=json',
      '-p',
      '[{"op":"add","path":"/data/n","value":"1"}]',
    ])
    const read = await kubectl.json(['get', 'configmap', 'c', '-n', 'tenant'])
    assert.equal(read.data, { a: 'b', n: '1' })
    assert.equal((read.metadata as { labels: object }).labels, { x: 'y' })
    const replaced = await kubectl.json(['replace', '-f', '-'], { ...read, data: { z: '9' } })
    assert.equal(replaced.data, { z: '9' })
    assert.match((await kubectl(['replace', '-f', '-'], { ...read, data: {} })).err, 'the object has been modified')
    assert.is((await kubectl(['delete', 'namespace', 'tenant', '--timeout=10s'])).code, 0)
    assert.is(
      cluster.objects().some(object => object.metadata.namespace === 'tenant'),
      false,
    )
  })

  test('a CustomResourceDefinition opens its API at once', async () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'racks.example.org' },
      spec: {
        group: 'example.org',
        scope: 'Cluster',
        names: { kind: 'Rack', plural: 'racks' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object', properties: { size: { type: 'integer', default: 42 } } } },
              },
            },
          },
        ],
      },
    }
    await apply(definition)
    assert.is((await kubectl(['wait', '--for=condition=Established', 'crd/racks.example.org', '--timeout=5s'])).code, 0)
    const rack = { apiVersion: 'example.org/v1', kind: 'Rack', metadata: { name: 'one' }, spec: {} }
    assert.equal((await kubectl.json(['create', '-f', '-'], rack)).spec, { size: 42 })
    await kubectl(['delete', 'crd', 'racks.example.org'])
    assert.is((await kubectl(['get', '--raw', '/apis/example.org/v1/racks'])).code, 1)
  })
})
