import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ActionContext } from '../../../src/model/module.ts'
import { apicQuery } from '../../../src/modules/apic/apic-query.ts'
import { type ApicBench, apicBench } from '../../support/apic.ts'
import { failureOf } from '../../support/failure.ts'

let bench: ApicBench
test.before(async () => {
  const ctx = (name: string) => ({ fvCtx: { attributes: { name } } })
  const children = [ctx('a'), ctx('b'), { fvBD: { attributes: { name: 'c' } } }]
  bench = await apicBench({ start: { fvTenant: { attributes: { name: 'k8s' }, children } } })
})
test.after(() => bench.close())

async function query(
  given: unknown,
): Promise<{ imdata: unknown[]; objects: Record<string, unknown>[]; count: number }> {
  const device = await bench.device()
  const context = { read: async () => device.read } as unknown as ActionContext
  const { values, changed } = await apicQuery.run(context, apicQuery.args.parse(given))
  assert.is(changed, false)
  return values as never
}

test('a class, filtered, comes as imdata, as plain objects and counted', async () => {
  const { imdata, objects, count } = await query({ class: 'fvCtx', filter: 'eq(fvCtx.name,"a")' })
  assert.is(count, 1)
  assert.is(objects[0]?.name, 'a')
  assert.is(objects[0]?.class, 'fvCtx')
  assert.ok('fvCtx' in (imdata[0] as object))
})

test('a class below a dn is looked for in its subtree only', async () => {
  const { objects } = await query({ class: 'fvCtx', dn: 'uni/tn-k8s', order_by: 'fvCtx.name|desc' })
  assert.equal(
    objects.map(object => object.name),
    ['b', 'a'],
  )
})

test('a dn brings its subtree along', async () => {
  const { objects } = await query({
    dn: 'uni/tn-k8s',
    subtree: 'children',
    subtree_classes: ['fvBD'],
    config_only: true,
  })
  const children = objects[0]?.children as { name: string }[]
  assert.equal(
    children.map(child => child.name),
    ['c'],
  )
})

test('nothing found is an empty answer with a count of 0', async () => {
  assert.is((await query({ dn: 'uni/tn-nowhere' })).count, 0)
})

test('an unknown class is an error in the words of the APIC', async () => {
  const failure = await failureOf(query({ class: 'fvFoobar' }))
  assert.is(failure.code, 'rejected')
  assert.match(failure.device?.said ?? '', 'fvFoobar')
})

test('a query needs a class or a dn', () => {
  assert.match(apicQuery.args.safeParse({}).error?.issues[0]?.message ?? '', 'class')
})

test.run()
