import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import { differences } from '../../../src/model/managed.ts'
import { apicRest } from '../../../src/modules/apic/apic-rest.ts'
import { type ApicBench, apicBench } from '../../support/apic.ts'
import { failureOf } from '../../support/failure.ts'

const benches: ApicBench[] = []
const bench = async (options: Parameters<typeof apicBench>[0] = {}) => {
  const made = await apicBench(options)
  benches.push(made)
  return made
}
test.after(async () => {
  await Promise.all(benches.map(made => made.close()))
})

/** What the engine does with one task. */
async function rest(device: Device<'apic'>, given: unknown) {
  const args = apicRest.args.parse(given)
  const state = await apicRest.observe(device.read, args)
  const changes = differences(apicRest.plan(state, args))
  const [outcome] = await device.write([
    { id: 't', title: 't', commands: apicRest.render(changes, args), differences: changes },
  ])
  return { changes, outcome, result: apicRest.result?.(changes, args, state) }
}

const tenant = {
  path: '/api/mo/uni.json',
  method: 'post',
  content: { fvTenant: { attributes: { name: 'k8s', descr: 'x' } } },
}

test('a post changes what differs, and nothing the second time', async () => {
  const { lab, device } = await bench()
  const opened = await device()
  assert.is((await rest(opened, tenant)).changes.length, 1)
  assert.is(lab.objects().get('uni/tn-k8s')?.attributes.descr, 'x')
  assert.is((await rest(await device(), tenant)).changes.length, 0)
  const other = {
    ...tenant,
    path: 'api/node/mo/uni/tn-k8s.json?rsp-subtree=modified',
    content: { fvTenant: { attributes: { descr: 'y' } } },
  }
  const [change] = (await rest(opened, other)).changes
  assert.equal(change?.before?.attributes, { descr: 'x' })
})

test('content may be JSON or YAML text, and a body may delete by status', async () => {
  const { lab, device } = await bench()
  const opened = await device()
  await rest(opened, {
    ...tenant,
    content: 'fvTenant:\n  attributes:\n    name: k8s\n  children:\n  - fvCtx: {attributes: {name: a}}\n',
  })
  assert.ok(lab.objects().has('uni/tn-k8s/ctx-a'))
  await rest(opened, {
    ...tenant,
    content:
      '{"fvTenant":{"attributes":{"name":"k8s"},"children":[{"fvCtx":{"attributes":{"name":"a","status":"deleted"}}}]}}',
  })
  assert.not.ok(lab.objects().has('uni/tn-k8s/ctx-a'))
})

test('a delete removes the object with all below; absent is in sync', async () => {
  const { lab, device } = await bench()
  const opened = await device()
  await rest(opened, tenant)
  const gone = { path: '/api/mo/uni/tn-k8s.json', method: 'DELETE' }
  assert.is((await rest(opened, gone)).changes.length, 1)
  assert.not.ok(lab.objects().has('uni/tn-k8s'))
  assert.is((await rest(opened, gone)).changes.length, 0)
})

test('a get registers imdata and totalCount and changes nothing', async () => {
  const { device } = await bench()
  const { changes, result } = await rest(await device(), {
    path: '/api/class/fvTenant.json?query-target-filter=eq(fvTenant.name,"common")',
    method: 'get',
  })
  assert.equal(changes, [])
  assert.is(result?.totalCount, 1)
  const [first] = (result?.imdata ?? []) as { fvTenant: { attributes: { dn: string } } }[]
  assert.is(first?.fvTenant.attributes.dn, 'uni/tn-common')
})

test('a body of a class that weft does not know is the object at its path', () => {
  const args = apicRest.args.parse({
    path: '/api/mo/uni/fabric/snmppol-x.json',
    method: 'post',
    content: { snmpPol: { attributes: { adminSt: 'enabled' } } },
  })
  const changes = apicRest.plan({ live: new Map(), orphans: [], answers: null }, args)
  assert.equal(
    changes.map(change => change.id),
    ['apic:uni/fabric/snmppol-x'],
  )
})

test('a filter may hold blanks and quotes', async () => {
  const { device } = await bench({ start: { fvTenant: { attributes: { name: 'k8s', descr: 'two words' } } } })
  const path = '/api/class/fvTenant.json?query-target-filter=eq(fvTenant.descr,"two words")'
  assert.is((await rest(await device(), { path })).result?.totalCount, 1)
})

test('an annotation goes to the objects that have none', async () => {
  const { lab, device } = await bench()
  await rest(await device(), { ...tenant, annotation: 'orchestrator:ansible' })
  assert.is(lab.objects().get('uni/tn-k8s')?.attributes.annotation, 'orchestrator:ansible')
})

test('connection arguments of cisco.aci override the host', () => {
  const args = apicRest.args.parse({
    ...tenant,
    hostname: '192.0.2.1',
    username: 'joe',
    password: 'Canary-2',
    validate_certs: 'no',
    use_proxy: false,
    output_level: 'debug',
  })
  assert.equal(apicRest.connection?.(args), {
    weft_host: '192.0.2.1',
    weft_user: 'joe',
    weft_password: 'Canary-2',
    weft_verify_tls: false,
  })
  assert.equal(apicRest.secrets?.(args), ['Canary-2'])
})

test('src is read as a file of the playbook', () => {
  const args = apicRest.args.parse({ path: '/api/mo/uni.json', method: 'post', src: 'tenant.json' })
  const text = '{"fvTenant":{"attributes":{"name":"a"}}}'
  const files = {
    find: () => '',
    template: () => ({ path: '', text: '' }),
    bytes: () => ({ path: '', files: [] }),
    read: (_: string, name: string) => ({ path: name, text }),
  }
  assert.is(apicRest.resolve?.(args, files)?.content, text)
  assert.throws(() => apicRest.plan({ live: new Map(), orphans: [], answers: null }, args), /tenant.json was not read/)
})

test('XML, paths that cannot be planned and posts without a body are refused with the reason', async () => {
  const { device } = await bench()
  const issue = (given: unknown) => apicRest.args.safeParse(given).error?.issues[0]?.message ?? ''
  assert.match(issue({ path: '/api/mo/uni.xml', method: 'post', content: '<fvTenant name="a"/>' }), 'JSON')
  assert.match(issue({ path: '/api/aaaLogin.json', method: 'post', content: {} }), 'nothing to compare')
  assert.match(issue({ path: '/api/mo/uni.json', method: 'post' }), 'content or src')
  assert.match(issue({ method: 'get' }), 'path')
  const failure = await failureOf(rest(await device(), { ...tenant, content: '<fvTenant name="a"/>' }))
  assert.is(failure.code, 'invalid')
  assert.match(failure.message, 'XML')
})

test.run()
