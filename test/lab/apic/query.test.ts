import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../../src/lab/apic/apic.ts'
import { loggedIn } from './client.ts'

const subnet = (ip: string, scope: string) => ({ l3extSubnet: { attributes: { ip, scope } } })
const tenant = (name: string, descr: string) => ({
  fvTenant: {
    attributes: { name, descr },
    children: [
      { fvCtx: { attributes: { name: 'vrf1' } } },
      {
        l3extOut: {
          attributes: { name: 'out1' },
          children: [
            {
              l3extInstP: {
                attributes: { name: 'default' },
                children: [
                  subnet('10.1.0.0/16', 'import-security'),
                  subnet('10.2.0.0/16', 'shared-rtctrl,export-rtctrl'),
                ],
              },
            },
          ],
        },
      },
    ],
  },
})

const apic = await startApic({
  name: 'apic1',
  users: { admin: 'C1sco12345' },
  start: { polUni: { attributes: {}, children: [tenant('a', 'first'), tenant('b', 'second'), tenant('c', '')] } },
})
const client = await loggedIn(apic)
test.after(async () => {
  client.close()
  await apic.close()
})

const get = async (path: string) => (await client.ask('GET', path)).json
// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
const classesIn = (body: any): string[] => body.imdata.map((entry: object) => Object.keys(entry)[0])
// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
const dns = (body: any): string[] => body.imdata.map((entry: any) => (Object.values(entry)[0] as any).attributes.dn)

test('an object is read by its dn, brackets and all, and carries what a real one carries', async () => {
  const body = await get('/api/node/mo/uni/tn-a/out-out1/instP-default/extsubnet-[10.2.0.0/16].json')
  const { attributes } = body.imdata[0].l3extSubnet
  assert.is(body.totalCount, '1')
  assert.is(attributes.dn, 'uni/tn-a/out-out1/instP-default/extsubnet-[10.2.0.0/16]')
  assert.is(attributes.scope, 'export-rtctrl,shared-rtctrl')
  assert.is(attributes.aggregate, '')
  assert.is(attributes.monPolDn, 'uni/tn-common/monepg-default')
  assert.is(attributes.lcOwn, 'local')
  assert.is(attributes.rn, undefined)
})

test('what is not there is an empty answer, not an error', async () => {
  assert.equal(await get('/api/mo/uni/tn-none.json'), { totalCount: '0', imdata: [] })
})

test('query-target reaches children and the subtree, by class', async () => {
  assert.ok(classesIn(await get('/api/mo/uni/tn-a.json?query-target=children')).includes('l3extOut'))
  const flat = await get('/api/mo/uni/tn-a.json?query-target=subtree&target-subtree-class=l3extSubnet,fvCtx')
  assert.equal(classesIn(flat), ['fvCtx', 'l3extSubnet', 'l3extSubnet'])
  assert.is(flat.imdata[1].l3extSubnet.attributes.dn, 'uni/tn-a/out-out1/instP-default/extsubnet-[10.1.0.0/16]')
})

test('rsp-subtree nests, with rn instead of dn, and a class keeps only the way to it', async () => {
  const full = await get('/api/mo/uni/tn-a.json?rsp-subtree=full&rsp-subtree-class=l3extSubnet')
  const [out] = full.imdata[0].fvTenant.children
  assert.is(full.imdata[0].fvTenant.children.length, 1)
  const subnets = out.l3extOut.children[0].l3extInstP.children
  assert.equal(
    subnets.map((entry: { l3extSubnet: { attributes: { rn: string } } }) => entry.l3extSubnet.attributes.rn),
    ['extsubnet-[10.1.0.0/16]', 'extsubnet-[10.2.0.0/16]'],
  )
  assert.is(out.l3extOut.attributes.dn, undefined)
  const shallow = await get('/api/mo/uni/tn-a.json?rsp-subtree=children&rsp-subtree-class=fvCtx')
  assert.is(shallow.imdata[0].fvTenant.children.length, 1)
})

test('a class is read everywhere or below a dn, with filters', async () => {
  const all = await get(
    '/api/class/fvTenant.json?query-target-filter=or(eq(fvTenant.name,"a"),wcard(fvTenant.descr,"^sec"))',
  )
  assert.equal(dns(all), ['uni/tn-a', 'uni/tn-b'])
  const not = await get(
    '/api/class/fvTenant.json?query-target-filter=and(not(eq(fvTenant.descr,"")),ne(fvTenant.name,"b"))',
  )
  assert.equal(dns(not), ['uni/tn-a'])
  const leaves = await get('/api/node/class/fabricNode.json?query-target-filter=bw(fabricNode.id,"202","203")')
  assert.equal(dns(leaves), ['topology/pod-1/node-202', 'topology/pod-1/node-203'])
  const below = await get('/api/node/class/topology/pod-1/node-201/topSystem.json')
  assert.equal(dns(below), ['topology/pod-1/node-201/sys'])
})

test('pages are cut after sorting, and totalCount is over all pages', async () => {
  const page = await get('/api/class/fvTenant.json?order-by=fvTenant.name|desc&page=1&page-size=2')
  assert.is(page.totalCount, '6')
  assert.equal(dns(page), ['uni/tn-common', 'uni/tn-c'])
})

test('only configuration, only names, only a count', async () => {
  const config = (await get('/api/mo/uni/tn-a.json?rsp-prop-include=config-only')).imdata[0].fvTenant.attributes
  assert.is(config.descr, 'first')
  assert.is(config.modTs, undefined)
  const set = (await get('/api/mo/uni/tn-a/out-out1.json?rsp-prop-include=set-config-only')).imdata[0].l3extOut
    .attributes
  assert.equal(set, { name: 'out1', dn: 'uni/tn-a/out-out1' })
  const names = (await get('/api/mo/uni/tn-a.json?rsp-prop-include=naming-only')).imdata[0].fvTenant.attributes
  assert.equal(names, { name: 'a', dn: 'uni/tn-a' })
  const count = await get('/api/class/l3extSubnet.json?rsp-subtree-include=count')
  assert.is(count.imdata[0].moCount.attributes.count, '6')
  const required = await get(
    '/api/class/fvTenant.json?rsp-subtree=full&rsp-subtree-class=l3extSubnet&rsp-subtree-include=required',
  )
  assert.equal(dns(required), ['uni/tn-a', 'uni/tn-b', 'uni/tn-c'])
})

test('unknown classes, unknown properties and broken filters are refused in the words of an APIC', async () => {
  const text = async (path: string) => {
    const answer = await client.ask('GET', path)
    return `${answer.status} ${answer.json.imdata[0].error.attributes.code} ${answer.json.imdata[0].error.attributes.text}`
  }
  assert.is(await text('/api/class/fvFoobar.json'), '400 400 Request failed, unresolved class for fvFoobar')
  assert.is(
    await text('/api/class/fvTenant.json?query-target-filter=eq(fvTenant.nam,"a")'),
    "400 121 Prop 'nam' not found in class 'fvTenant' property table",
  )
  assert.match(await text('/api/class/fvTenant.json?query-target-filter=eq(fvTenant.name'), /^400 301 Incorrect filter/)
})

test('what the leaves report is seen beside the configuration', async () => {
  const dn = 'topology/pod-1/node-201/sys/bgp/inst/dom-a:vrf1/peer-[10.0.0.0/24]/ent-[10.0.0.11]'
  apic.setOperational(() => [{ dn, class: 'bgpPeerEntry', attributes: { operSt: 'established' } }])
  const found = await get('/api/class/bgpPeerEntry.json')
  assert.is(found.imdata[0].bgpPeerEntry.attributes.operSt, 'established')
  assert.is(found.imdata[0].bgpPeerEntry.attributes.addr, '10.0.0.11')
  assert.equal(dns(await get('/api/node/class/topology/pod-1/node-202/bgpPeerEntry.json')), [])
})

test.run()
