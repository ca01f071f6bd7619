import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import * as assert from 'uvu/assert'
import { type LabCluster, startCluster } from '../../../src/lab/kube/cluster.ts'
import type { Cni } from '../../../src/lab/kube/seed.ts'
import { fixtures } from '../../support/fixtures.ts'
import { suiteWithKubectl } from '../../support/where.ts'
import { type Kubectl, kubectlFor } from './kubectl.ts'

interface Example {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
}

/** Documents of a folder of examples that are objects of Calico or Cilium; broken ones are what their pages show. */
function examplesIn(folder: string): Example[] {
  return readdirSync(folder)
    .filter(file => /^(calico|cilium).*\.yaml$/.test(file))
    .flatMap(file => documents(join(folder, file)))
}

function documents(file: string): Example[] {
  const read: unknown[] = []
  try {
    loadAll(readFileSync(file, 'utf8'), document => void read.push(document))
  } catch {
    return []
  }
  const isNamed = (document: unknown): document is Example => {
    const { apiVersion, metadata } = (document ?? {}) as Partial<Example>
    return /^(projectcalico\.org|cilium\.io)\//.test(apiVersion ?? '') && typeof metadata?.name === 'string'
  }
  return read.filter(isNamed)
}

/** Applies many objects with one kubectl; answers what it said of each refused one. */
async function applyAll(kubectl: Kubectl, items: readonly Example[]): Promise<string[]> {
  const list = { apiVersion: 'v1', kind: 'List', items }
  const args = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-f', '-']
  const { out, err } = await kubectl(args, list)
  assert.ok(out.includes('serverside-applied'), err)
  return err.split('\n').filter(line => line !== '')
}

/** Documentation with a placeholder for the AS number is refused by real servers too. */
const isPlaceholder = (line: string): boolean =>
  /asNumber: expected numeric|ASN: expected numeric/.test(line) || !/^(Error|The )/.test(line)

await suiteWithKubectl('documented examples and CRDs', async test => {
  const clusters: LabCluster[] = []
  const homes: string[] = []
  const start = async (crds: Cni[]): Promise<Kubectl> => {
    const cluster = await startCluster({ name: 'demo', nodes: [], crds })
    clusters.push(cluster)
    return kubectlFor(cluster)
  }
  test.after(async () => {
    for (const cluster of clusters) await cluster.close()
    for (const home of homes) rmSync(home, { recursive: true, force: true })
  })

  for (const { from, path } of fixtures('k8s/examples'))
    test(`documented Calico and Cilium objects fit the lab's own schemas (${from})`, async () => {
      const kubectl = await start(['calico', 'cilium'])
      const found = examplesIn(path)
      assert.ok(found.length > 20)
      const refused = (await applyAll(kubectl, found)).filter(line => !isPlaceholder(line))
      assert.equal(refused, [])
      kubectl.close()
    })

  const [own, collected] = fixtures('k8s')
  if (own)
    test('CRDs as the projects write them can be posted, and objects of their kinds fit them', async () => {
      const kubectl = await start([])
      const posted = await kubectl(['apply', '--server-side', '-f', join(own.path, 'crds')])
      assert.is(posted.code, 0, posted.err)
      const found = examplesIn(join(own.path, 'examples')).filter(({ kind }) =>
        /^(BGPPeer|.*BGPClusterConfig)$/.test(kind),
      )
      assert.ok(found.length >= 4)
      assert.equal(await applyAll(kubectl, found), [])
      const wrong = { ...found[0], spec: { node: 'a', nodeSelector: 'all()', peerIP: 7 } }
      const refused = await kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], wrong)
      assert.match(refused.err, /peerIP/)
      kubectl.close()
    })

  if (collected)
    test("the projects' own CRDs can be posted, and the same objects fit them", async () => {
      const folder = collected.path
      const kubectl = await start([])
      const home = mkdtempSync(join(tmpdir(), 'weft-crds-'))
      homes.push(home)
      const policy = 'cilium/1.17.0-dev_v2alpha1/ciliumbgppeeringpolicies.yaml'
      writeFileSync(join(home, 'policy.yaml'), readFileSync(join(folder, policy)))
      const sources = [
        'calico/crds_v3_projectcalico.org',
        'calico/crds_v1_crd.projectcalico.org.yaml',
        'calico/operator',
        'cilium/1.20.0-dev',
      ]
      const files = [...sources.map(name => join(folder, name)), home].flatMap(name => ['-f', name])
      const posted = await kubectl(['apply', '--server-side', ...files])
      assert.is(posted.code, 0, posted.err)
      assert.ok(posted.out.split('\n').length > 40)
      const refused = await applyAll(kubectl, examplesIn(join(folder, 'examples')))
      assert.equal(
        refused.filter(line => !isPlaceholder(line)),
        [],
      )
      kubectl.close()
    })
})
