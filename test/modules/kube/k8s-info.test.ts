import * as assert from 'uvu/assert'
import { type Failure, toFailure } from '../../../src/model/failure.ts'
import type { ActionContext, ActionResult } from '../../../src/model/module.ts'
import { k8sInfo } from '../../../src/modules/kube/k8s-info.ts'
import { startKubeLab } from '../../support/kube-lab.ts'
import { suiteWithKubectl } from '../../support/where.ts'

await suiteWithKubectl('k8s_info against the lab', async test => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'default' },
    data: { p: 'Y2FuYXJ5' },
  }
  const lab = await startKubeLab([secret])
  test.after(() => lab.close())

  const ask = async (input: Record<string, unknown>): Promise<ActionResult> => {
    const device = await lab.open()
    const context = { read: async () => device.read, signal: new AbortController().signal, check: true }
    return k8sInfo.run(context as unknown as ActionContext, k8sInfo.args.parse(input))
  }
  const namesOf = (result: ActionResult) =>
    ((result.values?.resources ?? []) as unknown as { metadata: { name: string } }[]).map(each => each.metadata.name)

  test('one object by name, several by label, and none', async () => {
    assert.equal(namesOf(await ask({ kind: 'Node', name: 'node-1' })), ['node-1'])
    assert.equal(namesOf(await ask({ kind: 'Node', label_selectors: ['rack_id=1'] })), ['node-1'])
    assert.equal(namesOf(await ask({ kind: 'Node', label_selectors: ['rack_id=2'] })), [])
    assert.equal(namesOf(await ask({ kind: 'Node', name: 'node-9' })), [])
  })

  test('a kind that the cluster does not serve is not an empty answer', async () => {
    const result = await ask({ kind: 'Nothing', api_version: 'none.example/v1' })
    assert.equal(result.values, { resources: [], api_found: false })
    assert.is((await ask({ kind: 'Node', name: 'node-9' })).values?.api_found, true)
  })

  test('the values of Secrets are handed over to be masked', async () => {
    const result = await ask({ kind: 'Secret', namespace: 'default', name: 's' })
    assert.equal(result.secrets?.toSorted(), ['Y2FuYXJ5', 'canary'])
  })

  test('waiting ends with what is missing', async () => {
    const condition = { wait_condition: { type: 'Ready', status: 'True' } }
    assert.is((await ask({ kind: 'Node', wait: true, ...condition })).failure, undefined)
    const result = await ask({
      kind: 'ConfigMap',
      name: 'later',
      namespace: 'default',
      wait: true,
      wait_timeout: 0.3,
      wait_sleep: 0.1,
    })
    assert.is(result.failure?.code, 'timeout')
    assert.match(result.failure?.message ?? '', /there is no such ConfigMap/)
  })

  test('a denied list fails as denied', async () => {
    lab.cluster.setFaults([{ verb: 'list', resource: 'pods', status: 403 }])
    const failure: Failure | null = await ask({ kind: 'Pod' }).then(() => null, toFailure)
    lab.cluster.setFaults([])
    assert.is(failure?.code, 'denied')
  })
})
