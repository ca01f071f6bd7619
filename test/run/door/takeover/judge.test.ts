import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { PastIntent } from '../../../../src/journal/ledger.ts'
import type { Standing } from '../../../../src/model/device.ts'
import { isWhole, judge, wantsSave } from '../../../../src/run/door/takeover/judge.ts'
import { intentOf } from '../../../journal/records.ts'

/** Intents that name a resource for each letter, and how each of those stands. */
function judged(...intents: { resources: string; standings: Standing[]; more?: Partial<PastIntent> }[]) {
  const past = intents.map(({ resources, more }, number): PastIntent => {
    const differences = [...resources].map(id => ({ id, before: null, after: number }))
    const place = { number, state: 'open', time: '', ended: null } as const
    return { ...intentOf('one', String(number), { differences }), ...place, ...more }
  })
  const stood = past.flatMap((intent, at) =>
    intent.differences.map((change, index) => ({ intent, change, standing: intents[at]?.standings[index] ?? 'other' })),
  )
  return judge(past, stood)
}

const verdicts = (...given: Parameters<typeof judged>) => judged(...given).map(({ verdict }) => verdict)

test('all is there, nothing is, a part is', () => {
  assert.equal(
    verdicts(
      { resources: 'ab', standings: ['made', 'made'] },
      { resources: 'cd', standings: ['unmade', 'unmade'] },
      { resources: 'ef', standings: ['made', 'unmade'] },
      { resources: 'g', standings: ['other'] },
      { resources: '', standings: [] },
    ),
    ['applied', 'absent', 'half', 'half', 'unknown'],
  )
})

test('a resource that was changed twice stands at one of its values', () => {
  const first = (standing: Standing) => ({ resources: 'a', standings: [standing] })
  assert.equal(verdicts(first('other'), first('made')), ['applied', 'applied'])
  assert.equal(verdicts(first('made'), first('unmade')), ['applied', 'absent'])
  assert.equal(verdicts(first('other'), first('unmade')), ['applied', 'absent'])
  assert.equal(verdicts(first('unmade'), first('other')), ['absent', 'absent'])
  assert.equal(verdicts(first('other'), first('other')), ['half', 'half'])
})

test('an applied intent that somebody has changed since keeps nothing from being finished; a failed one that is half undone does', () => {
  const half = { resources: 'ab', standings: ['made', 'unmade'] as Standing[] }
  assert.is(isWhole(judged({ ...half, more: { state: 'applied' } })), true)
  assert.is(isWhole(judged({ ...half, more: { state: 'failed' } })), false)
  assert.is(isWhole(judged(half)), false)
})

test('only what is there and was to be saved is saved', () => {
  assert.is(wantsSave(judged({ resources: 'a', standings: ['made'] })), true)
  assert.is(wantsSave(judged({ resources: 'a', standings: ['unmade'] })), false)
  assert.is(wantsSave(judged({ resources: 'a', standings: ['made'], more: { unsaved: true } })), false)
})

test.run()
