import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type LabCluster, startCluster } from '../../../src/lab/kube/cluster.ts'
import type { Cni } from '../../../src/lab/kube/seed.ts'
import { hasKubectl } from '../../support/where.ts'
import { type Kubectl, kubectlFor } from './kubectl.ts'

const test = suite('documented examples and real CRDs')
const folder = join(import.meta.dirname, '../../../../shared/fixtures/k8s')

/** Documents of the examples folder that are objects of a kind; broken ones are what their pages show. */
function examples(prefix: string): { file: string; object: Record<string, unknown> }[] {
  return readdirSync(join(folder, 'examples'))
    .filter(file => file.startsWith(prefix) && file.endsWith('.yaml'))
    .flatMap(file => documents(file).map(object => ({ file, object })))
}

function documents(file: string): Record<string, unknown>[] {
  const read: unknown[] = []
  try {
    loadAll(readFileSync(join(folder, 'examples', file), 'utf8'), document => void read.push(document))
  } catch {
    return []
  }
  const isNamed = (document: unknown): document is Record<string, unknown> => {
    const { apiVersion, metadata } = (document ?? {}) as { apiVersion?: string; metadata?: { name?: string } }
    return /^(projectcalico\.org|cilium\.io)\//.test(apiVersion ?? '') && typeof metadata?.name === 'string'
  }
  return read.filter(isNamed)
}

/** Applies many objects with one kubectl; answers what it said of each refused one. */
async function applyAll(kubectl: Kubectl, objects: readonly { object: Record<string, unknown> }[]): Promise<string[]> {
  const items = objects.map(({ object }) => object)
  const list = { apiVersion: 'v1', kind: 'List', items }
  const args = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-f', '-']
  const { out, err } = await kubectl(args, list)
  assert.ok(out.includes('serverside-applied'), err)
  return err.split('\n').filter(line => line.startsWith('Error') || line.startsWith('The '))
}

/** Documentation with a placeholder for the AS number is refused by real servers too. */
const isPlaceholder = (line: string): boolean => /asNumber: expected numeric|ASN: expected numeric/.test(line)

if (!existsSync(folder)) console.log('skipped: ../shared/fixtures is not here')
else if (hasKubectl()) {
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

  test("the documentation's Calico and Cilium objects fit the lab's own schemas", async () => {
    const kubectl = await start(['calico', 'cilium'])
    const found = [...examples('calico'), ...examples('cilium')]
    assert.ok(found.length > 60)
    const refused = (await applyAll(kubectl, found)).filter(line => !isPlaceholder(line))
    assert.equal(refused, [])
    kubectl.close()
  })

  test('the projects own CRDs can be posted, and the same objects fit them', async () => {
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
    const found = [...examples('calico'), ...examples('cilium')]
    assert.equal(
      (await applyAll(kubectl, found)).filter(line => !isPlaceholder(line)),
      [],
    )
    kubectl.close()
  })
}

test.run()
