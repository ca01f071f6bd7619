import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import { BUILT_IN } from '../../../src/lab/kube/kinds/built-in.ts'
import { openapiV2Protobuf } from '../../../src/lab/kube/openapi-v2.ts'
import { readMessage } from '../../../src/lab/kube/protobuf-read.ts'
import { ask } from './https.ts'
import { nodes } from './sample.ts'

const test = suite('discovery and OpenAPI of the lab')
const cluster = await startCluster({ name: 'demo', nodes: nodes(1), crds: ['cilium'] })
test.after(() => cluster.close())

test('discovery in one answer where the client asks for it, in many where it does not', async () => {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'
  const { body, headers } = await ask(cluster, '/apis', { headers: { accept } })
  assert.match(headers['content-type'] ?? '', 'as=APIGroupDiscoveryList')
  const cilium = body.items.find((item: { metadata: { name: string } }) => item.metadata.name === 'cilium.io')
  assert.equal(
    cilium.versions.map((entry: { version: string }) => entry.version),
    ['v2', 'v2alpha1'],
  )
  const config = cilium.versions[0].resources.find(
    (entry: { resource: string }) => entry.resource === 'ciliumbgpclusterconfigs',
  )
  assert.equal(config.responseKind, { group: 'cilium.io', version: 'v2', kind: 'CiliumBGPClusterConfig' })
  assert.equal(
    config.subresources.map((entry: { subresource: string }) => entry.subresource),
    ['status'],
  )
  const plain = await ask(cluster, '/apis')
  assert.is(plain.body.kind, 'APIGroupList')
  const core = await ask(cluster, '/api/v1')
  const eviction = core.body.resources.find((entry: { name: string }) => entry.name === 'pods/eviction')
  assert.is(`${eviction.group}/${eviction.version}`, 'policy/v1')
})

test('every kind says that its PATCH takes dryRun and fieldValidation', async () => {
  const index = await ask(cluster, '/openapi/v3')
  const { serverRelativeURL } = index.body.paths['apis/cilium.io/v2']
  const { body } = await ask(cluster, serverRelativeURL)
  const { patch } = body.paths['/apis/cilium.io/v2/ciliumbgppeerconfigs/{name}']
  assert.equal(patch['x-kubernetes-group-version-kind'], {
    group: 'cilium.io',
    version: 'v2',
    kind: 'CiliumBGPPeerConfig',
  })
  const names = patch.parameters.map((parameter: { name: string }) => parameter.name)
  assert.ok(names.includes('dryRun') && names.includes('fieldValidation'))
})

test("the index's hash of a group changes when its kinds do", async () => {
  const hash = async () => (await ask(cluster, '/openapi/v3')).body.paths['apis/cilium.io/v2'].serverRelativeURL
  const before = await hash()
  assert.is(await hash(), before)
  await ask(cluster, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ciliumnodes.cilium.io', {
    method: 'DELETE',
  })
  assert.is.not(await hash(), before)
})

test('the protocol buffers form of OpenAPI v2 reads back as a gnostic document', () => {
  const document = readMessage(openapiV2Protobuf(BUILT_IN), {
    1: ['swagger', 'text'],
    8: [
      'paths',
      {
        2: [
          'path',
          [
            {
              1: ['name', 'text'],
              2: [
                'value',
                {
                  8: ['patch', { 13: ['extension', [{ 1: ['name', 'text'], 2: ['value', { 2: ['yaml', 'text'] }] }]] }],
                },
              ],
            },
          ],
        ],
      },
    ],
  }) as {
    swagger: string
    paths: { path: { name: string; value: { patch: { extension: { value: { yaml: string } }[] } } }[] }
  }
  assert.is(document.swagger, '2.0')
  const node = document.paths.path.find(entry => entry.name === '/api/v1/nodes/{name}')
  assert.is(node?.value.patch.extension[0]?.value.yaml, 'group: ""\nkind: Node\nversion: v1\n')
})

test('what nobody asks for is 404 or 405 in the form of a Status', async () => {
  for (const path of ['/', '/apis/none.example', '/apis/cilium.io/v9', '/api/v1/nothing', '/api/v1/nodes/%zz']) {
    const { code, body } = await ask(cluster, path)
    assert.ok(code >= 400, path)
    assert.is(body.kind, 'Status', path)
  }
  assert.is((await ask(cluster, '/api/v1/nodes', { method: 'PUT', body: {} })).code, 405)
})

test('bodies that are not objects, or of wrong types, are refused in words', async () => {
  const path = '/api/v1/namespaces/default/configmaps'
  assert.is((await ask(cluster, path, { method: 'POST', body: [1] })).code, 400)
  const wrong = { metadata: { name: 'a', labels: { n: 1 } } }
  const { code, body } = await ask(cluster, path, { method: 'POST', body: wrong })
  assert.is(code, 400)
  assert.match(
    body.message,
    'json: cannot unmarshal number into Go struct field ConfigMap.metadata.labels.n of type string',
  )
  const applied = await ask(cluster, `${path}/a?fieldManager=x`, {
    method: 'PATCH',
    body: { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 1 } },
    headers: { 'content-type': 'application/apply-patch+yaml' },
  })
  assert.match(applied.body.message, '.data.a: expected string, got &value.valueUnstructured{Value:1}')
})

test.run()
