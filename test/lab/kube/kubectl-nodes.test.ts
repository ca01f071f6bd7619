import * as assert from 'uvu/assert'
import { startCluster } from '../../../src/lab/kube/cluster.ts'
import { suiteWithKubectl, testWhere } from '../../support/where.ts'
import { kubectlFor, minorOfKubectl } from './kubectl.ts'
import { budget, deployment, nodes, service } from './sample.ts'

await suiteWithKubectl('nodes and pods of the lab through kubectl', async test => {
  const objects = [
    deployment(3),
    budget('web', { minAvailable: 3 }),
    service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', ipFamilyPolicy: 'PreferDualStack' }),
  ]
  const cluster = await startCluster({ name: 'demo', nodes: nodes(3), crds: ['calico'], objects })
  const kubectl = kubectlFor(cluster)
  test.after(async () => {
    kubectl.close()
    await cluster.close()
  })
  const pods = () => cluster.objects().filter(object => object.kind === 'Pod' && object.metadata.labels?.app === 'web')
  const onNode = (name: string) => pods().filter(pod => (pod.spec as { nodeName?: string }).nodeName === name)

  test('get prints tables as a real server does, wide ones and by label and field', async () => {
    const wide = await kubectl(['get', 'nodes', '-o', 'wide'])
    assert.match(wide.out, /^NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP/)
    assert.match(wide.out, /node-1 +Ready +<none> +\d+s +v1\.32\.4 +192\.0\.2\.1/)
    assert.is((await kubectl(['get', 'nodes', '-l', 'rack_id=2', '-o', 'name'])).out, 'node/node-3\n')
    const all = await kubectl(['get', 'pods', '-A', '--field-selector', 'spec.nodeName=node-2', '-o', 'name'])
    assert.match(all.out, /pod\/calico-node-/)
    assert.match((await kubectl(['get', 'pods', '-A'])).out, /kube-system +coredns-\S+ +1\/1 +Running/)
    assert.match(
      (await kubectl(['get', 'node', 'nobody'])).err,
      'Error from server (NotFound): nodes "nobody" not found',
    )
  })

  test('pods have addresses of their node and services slices of both families', async () => {
    const [pod] = onNode('node-1')
    const { podIPs } = (pod?.status ?? { podIPs: [] }) as { podIPs: { ip: string }[] }
    assert.match(podIPs[0]?.ip ?? '', /^10\.3\.0\.\d+$/)
    assert.match(podIPs[1]?.ip ?? '', /^2001:db8:3:1::/)
    const { items } = (await kubectl.json(['get', 'endpointslices', '-l', 'kubernetes.io/service-name=web'])) as {
      items: { addressType: string; endpoints: { nodeName: string }[] }[]
    }
    assert.equal(
      items.map(item => item.addressType),
      ['IPv4', 'IPv6'],
    )
    assert.equal(items[0]?.endpoints.map(end => end.nodeName).sort(), ['node-1', 'node-2', 'node-3'])
  })

  test('cordon keeps new pods away, uncordon lets them back', async () => {
    assert.is((await kubectl(['cordon', 'node-3'])).code, 0)
    assert.match((await kubectl(['get', 'node', 'node-3'])).out, 'Ready,SchedulingDisabled')
    await kubectl(['delete', 'pod', onNode('node-3')[0]?.metadata.name ?? ''])
    assert.is((await kubectl(['rollout', 'status', 'deploy/web', '--timeout=5s'])).code, 0)
    assert.is(onNode('node-3').length, 0)
    assert.is(pods().length, 3)
    await kubectl(['uncordon', 'node-3'])
  })

  test('a drain that a budget forbids says which, and one that it allows moves the pods', async () => {
    const drain = ['drain', 'node-1', '--ignore-daemonsets', '--timeout=1s']
    const refused = await kubectl(drain)
    assert.is(refused.code, 1)
    assert.match(refused.err, "Cannot evict pod as it would violate the pod's disruption budget.")
    await kubectl(['patch', 'pdb', 'web', '--type=merge', '-p', '{"spec":{"minAvailable":2}}'])
    const drained = await kubectl(['drain', 'node-1', '--ignore-daemonsets', '--timeout=10s'])
    assert.is(drained.code, 0, drained.err)
    assert.is(onNode('node-1').length, 0)
    assert.is(pods().length, 3)
    const daemons = cluster
      .objects()
      .filter(object => object.kind === 'Pod' && object.metadata.labels?.['k8s-app'] === 'calico-node')
    assert.is(daemons.length, 3)
    await kubectl(['uncordon', 'node-1'])
  })

  test('wait sees conditions, values and deletion', async () => {
    assert.is((await kubectl(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=5s'])).code, 0)
    const name = pods()[0]?.metadata.name ?? ''
    const waiting = kubectl(['wait', '--for=delete', `pod/${name}`, '--timeout=10s'])
    setTimeout(() => cluster.remove({ apiVersion: 'v1', kind: 'Pod', name, namespace: 'default' }), 300)
    assert.is((await waiting).code, 0)
    const late = await kubectl(['wait', '--for=condition=Nonsense', 'node/node-1', '--timeout=1s'])
    assert.match(late.err, 'timed out waiting for the condition')
  })

  testWhere(
    test,
    minorOfKubectl() >= 23,
    'no kubectl of 1.23 or newer',
  )('wait sees a value by its path', async () => {
    const args = ['wait', '--for=jsonpath={.status.phase}=Running', 'pod', '-l', 'app=web', '--timeout=5s']
    const waited = await kubectl(args)
    assert.is(waited.code, 0, waited.err)
  })

  test('a condition that the lab changes reaches a waiting kubectl', async () => {
    const node = cluster.objects().find(object => object.kind === 'Node' && object.metadata.name === 'node-2')
    assert.ok(node)
    const status = node.status as { conditions: { type: string; status: string }[] }
    const turned = (ready: string) => ({
      ...node,
      status: {
        ...status,
        conditions: status.conditions.map(entry => (entry.type === 'Ready' ? { ...entry, status: ready } : entry)),
      },
    })
    cluster.put(turned('Unknown'), 'node-controller')
    assert.match((await kubectl(['get', 'node', 'node-2'])).out, 'NotReady')
    const waiting = kubectl(['wait', '--for=condition=Ready', 'node/node-2', '--timeout=10s'])
    setTimeout(() => cluster.put(turned('True'), 'kubelet'), 300)
    assert.is((await waiting).code, 0)
  })

  test('rollouts, logs, rights, describe and discovery', async () => {
    await kubectl(['rollout', 'restart', 'ds/calico-node', '-n', 'kube-system'])
    assert.match(
      (await kubectl(['rollout', 'status', 'ds/calico-node', '-n', 'kube-system', '--timeout=5s'])).out,
      'successfully rolled out',
    )
    assert.is((await kubectl(['logs', 'deploy/web'])).code, 0)
    assert.is((await kubectl(['auth', 'can-i', 'delete', 'pods'])).out, 'yes\n')
    assert.match((await kubectl(['describe', 'node', 'node-1'])).out, /Non-terminated Pods: +\(\d in total\)/)
    assert.match((await kubectl(['api-resources'])).out, /bgppeers +projectcalico\.org\/v3 +false +BGPPeer/)
    assert.is((await kubectl.json(['version'])).serverVersion.gitVersion, 'v1.32.4')
  })

  test('deleting a deployment takes its pods along', async () => {
    assert.is((await kubectl(['delete', 'deployment', 'web', '--timeout=10s'])).code, 0)
    assert.is(pods().length, 0)
  })
})
