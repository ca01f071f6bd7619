import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Managed } from '../../src/model/managed.ts'
import { fieldsBack, flatGround, type Ground, wayBack } from '../../src/model/way-back.ts'

type Live = ReadonlyMap<string, number>

const ground = flatGround<number>()
const names = fc.constantFrom('a', 'b', 'c', 'd')
const values = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null })
const lives = fc.dictionary(names, fc.integer({ min: 1, max: 3 })).map(fields => new Map(Object.entries(fields)))

/** What a run records: each change begins where the one before it ended. */
function recorded(start: Live, wishes: readonly (readonly [string, number | null])[]): Managed<number>[] {
  let live = start
  return wishes.map(([id, after]) => {
    const change = { id, before: live.get(id) ?? null, after }
    live = ground.apply(live, change)
    return change
  })
}

function applied(live: Live, changes: readonly Managed<number>[]): Live {
  return changes.reduce((state, change) => ground.apply(state, change), live)
}

const histories = fc
  .record({ start: lives, wishes: fc.array(fc.tuple(names, values), { maxLength: 8 }) })
  .map(({ start, wishes }) => ({ start, changes: recorded(start, wishes) }))

test('whatever a run changed, and however far it came, the way back leads to where it began', () => {
  fc.assert(
    fc.property(histories, fc.nat(8), ({ start, changes }, reached) => {
      const live = applied(start, changes.slice(0, reached))
      const way = wayBack(changes.slice(0, Math.max(reached, 0)), live, ground)
      assert.equal(way.conflicts, [])
      assert.equal(sorted(applied(live, way.back)), sorted(start))
    }),
  )
})

test('of changes of different things that were sent only in part, just those that are there are taken back', () => {
  fc.assert(
    fc.property(histories, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), ({ start, changes }, sent) => {
      const each = [...new Map(changes.map(change => [change.id, change])).values()].map(change => ({
        ...change,
        before: start.get(change.id) ?? null,
      }))
      const live = applied(
        start,
        each.filter((_, at) => sent[at]),
      )
      const way = wayBack(each, live, ground)
      assert.equal(way.conflicts, [])
      assert.equal(sorted(applied(live, way.back)), sorted(start))
    }),
  )
})

test('what somebody else has changed meanwhile is left and named, and nothing that the run did not touch is touched', () => {
  fc.assert(
    fc.property(histories, names, ({ start, changes }, touched) => {
      const live = new Map([...applied(start, changes), [touched, 9]])
      const way = wayBack(changes, live, ground)
      const back = applied(live, way.back)
      const isOurs = changes.some(change => change.id === touched)
      assert.equal(
        way.conflicts.map(({ id, live }) => [id, live]),
        isOurs ? [[touched, 9]] : [],
      )
      assert.is(back.get(touched), 9)
      for (const id of ['a', 'b', 'c', 'd']) if (id !== touched) assert.is(back.get(id), start.get(id))
      assert.ok(way.back.every(({ id }) => changes.some(change => change.id === id)))
    }),
  )
})

test('the steps back go from what is there to what was there, so that they can be shown and sent like any change', () => {
  fc.assert(
    fc.property(histories, ({ start, changes }) => {
      let live = applied(start, changes)
      for (const step of wayBack(changes, live, ground).back) {
        assert.is(live.get(step.id) ?? null, step.before)
        live = ground.apply(live, step)
      }
    }),
  )
})

test('what nothing takes back is named where it is there, and not where it never came to be', () => {
  const gone: Managed<number> = { id: 'pvc', before: 1, after: null, oneWay: 'its data is gone' }
  assert.equal(wayBack([gone], new Map(), ground), { back: [], conflicts: [], oneWay: [gone] })
  assert.equal(wayBack([gone], new Map([['pvc', 1]]), ground), { back: [], conflicts: [], oneWay: [] })
})

test('a thing that holds what others put into it is not the one that the run made', () => {
  const holder: Ground<Live, number> = { ...ground, same: ({ found, value }) => found === value && found !== 7 }
  const made: Managed<number> = { id: 'vrf', before: null, after: 7 }
  assert.equal(wayBack([made], new Map([['vrf', 7]]), holder), {
    back: [],
    conflicts: [{ id: 'vrf', then: null, wanted: 7, live: 7 }],
    oneWay: [],
  })
})

const objects = flatGround<Record<string, unknown>>()
const byField: typeof objects = { ...objects, part: fieldsBack }

test('of an object that others have changed too, the own fields go back and theirs stay', () => {
  const change = {
    id: 'policy',
    before: { spec: { order: 1, action: 'Allow' }, note: 'old' },
    after: { spec: { order: 2, action: 'Allow', selector: 'all()' }, note: 'new' },
  }
  const live = { spec: { order: 2, action: 'Allow', selector: 'all()' }, note: 'new', theirs: true }
  const way = wayBack([change], new Map([['policy', live]]), byField)
  assert.equal(way.back, [{ id: 'policy', before: live, after: { ...change.before, theirs: true } }])
  assert.equal(way.conflicts, [])
})

test('a field that both have changed is left and named by its path', () => {
  const change = {
    id: 'policy',
    before: { spec: { order: 1 }, note: 'old' },
    after: { spec: { order: 2 }, note: 'new' },
  }
  const live = { spec: { order: 3 }, note: 'new' }
  const way = wayBack([change], new Map([['policy', live]]), byField)
  assert.equal(way.back, [{ id: 'policy', before: live, after: { spec: { order: 3 }, note: 'old' } }])
  assert.equal(way.conflicts, [
    { id: 'policy', then: change.before, wanted: change.after, live, parts: ['spec/order'] },
  ])
})

const fields = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 2 }))

test('field by field, whoever changed what: each field is as before the run, or as the other one has it', () => {
  fc.assert(
    fc.property(fields, fields, fields, (before, after, live) => {
      const part = fieldsBack<Record<string, unknown>>(live, { id: 'o', before, after })
      assert.ok(part)
      for (const name of ['x', 'y', 'z']) {
        const [was, made, is] = [before[name], after[name], live[name]]
        const expected = was !== made && is === made ? was : is
        assert.is(part.value[name], expected)
        assert.is(part.left.includes(name), was !== made && is !== made && is !== was)
      }
    }),
  )
})

function sorted(live: Live): [string, number][] {
  return [...live].sort(([a], [b]) => a.localeCompare(b))
}

test.run()
