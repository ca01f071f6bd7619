import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { PlanDocument } from '../../../src/model/plan.ts'
import { movedSince } from '../../../src/run/plan/moved.ts'

function planFor(target: string): PlanDocument {
  const intent = { id: 'p.yml:4|blue|0', task: 'p.yml:4', host: 'blue', kind: 'kube' as const, target, title: 'a map' }
  return {
    format: 'weft-plan/1',
    weft: '0.1.0',
    playbooks: ['p.yml'],
    inventory: ['inventory'],
    limit: null,
    tags: [],
    skipTags: [],
    startAtTask: null,
    commit: null,
    hosts: {},
    intents: [{ ...intent, differences: [], commands: [] }],
    open: [],
    made: '2026-01-01T00:00:00.000Z',
    by: 'ada',
    salt: '',
    digest: '',
  }
}

test('a host that leads to another target than the one that was planned for is named with both', () => {
  const [then, now] = ['kube:a@https://192.0.2.1:6443', 'kube:a@https://192.0.2.2:6443']
  assert.equal(movedSince(planFor(then), planFor(now)), [`blue: it was planned for ${then}, and leads to ${now} now`])
  assert.equal(movedSince(planFor(then), planFor(then)), [])
})

test.run()
