import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startApic } from '../../../src/lab/apic/apic.ts'
import { classes } from '../../../src/lab/apic/classes/index.ts'
import { namingOf } from '../../../src/lab/apic/dn.ts'
import { type FixtureSource, fixtures } from '../../support/fixtures.ts'
import { loggedIn } from './client.ts'

/** Declares a test for each collection that has what the test reads. */
function replay(
  title: string,
  [own, collected = own]: readonly [string, string?],
  check: (content: ReturnType<typeof JSON.parse>, source: FixtureSource) => Promise<void> | void,
): void {
  for (const source of fixtures(`apic/${own}`, `apic/${collected}`))
    test(`${title} (${source.from})`, () => check(JSON.parse(readFileSync(source.path, 'utf8')), source))
}

interface Documented {
  readonly rn: string | null
  readonly contained_by: readonly string[]
  readonly attributes: Readonly<Record<string, { legal_values?: string[]; default?: string | number | boolean }>>
}

const booleans: Readonly<Record<string, string>> = { true: 'yes', false: 'no' }

const apic = await startApic({ name: 'apic1', users: { admin: 'C1sco12345' } })
const client = await loggedIn(apic)
test.after(async () => {
  client.close()
  await apic.close()
})

const parameters: Readonly<Record<string, string>> = {
  pod: '1',
  node: '201',
  vlan_id: '310',
  rtr_id: '192.0.2.201',
  'anchor ip': '198.51.100.2/24',
  floating_ip: '198.51.100.254/24',
  secondary_ip: '198.51.100.1/24',
  ipv4_cluster_subnet: '198.51.100.0/24',
  cidr: '198.51.100.0/24',
  pod_subnet: '10.244.0.0/16',
  mtu: '9000',
  'k8s_cluster.local_as': '65003',
  def_ext_epg_scope: 'import-security',
}

/** Fills the variables of a template; what a value says beyond them is a remark. */
const fill = (text: string) =>
  text.replace(/\$\{([^}]+)\}/g, (_, name: string) => parameters[name] ?? name).replace(/ \(.*$/, '')

replay(
  'every object of a fabric for Calico can be posted and reads back as it was sent',
  ['objects.json', 'nkt_objects.json'],
  async content => {
    for (const [name, vrf] of [
      ['l3out_tenant', 'none'],
      ['vrf_tenant', 'vrf'],
      ['harbour', 'nodes'],
    ])
      await client.ask('POST', '/api/mo/uni.json', {
        fvTenant: { attributes: { name }, children: [{ fvCtx: { attributes: { name: vrf } } }] },
      })
    let posted = 0
    for (const object of content.objects) {
      const dn = fill(object.dn)
      const entries = Object.entries<string>(object.attributes).filter(([, value]) => !/ or unset/.test(value))
      const attributes = Object.fromEntries(entries.map(([name, value]) => [name, fill(value)]))
      const optional = 'aggregate' in attributes && object.class === 'l3extSubnet' ? { aggregate: 'shared-rtctrl' } : {}
      const sent = { ...attributes, ...optional }
      const answer = await client.ask('POST', `/api/mo/${dn}.json`, { [object.class]: { attributes: sent } })
      assert.is(answer.status, 200, `${dn}: ${answer.text}`)
      const live = (await client.ask('GET', `/api/mo/${dn}.json`)).json.imdata[0][object.class].attributes
      for (const [name, value] of Object.entries(sent)) {
        if (name !== 'password') assert.is(sorted(live[name]), sorted(value), `${dn} ${name}`)
      }
      posted++
    }
    assert.ok(posted > 20)
  },
)

replay('relative names and naming are those that an APIC publishes', ['class-schema.json'], schema => {
  const compared = [...classes].filter(([name]) => schema[name])
  for (const [name, definition] of compared) {
    assert.is(definition.rn, schema[name].rn, name)
    assert.equal(namingOf(definition.rn), schema[name].naming, name)
    const strangers = definition.parents.filter(parent => !schema[name].parents.includes(parent))
    assert.equal(strangers, [], name)
  }
  assert.ok(compared.length >= 25)
})

replay('defaults and legal values are those that an APIC publishes', ['class-schema.json'], schema => {
  const yes: Record<string, string> = { true: 'yes', false: 'no' }
  const differing: string[] = []
  for (const [name, definition] of classes) {
    for (const [property, rule] of Object.entries(definition.properties)) {
      const published = schema[name]?.props[property]
      if (!published?.config || published.ui !== 'enum') continue
      for (const value of published.values ?? []) {
        if (!('value' in rule.accept(value))) differing.push(`${name}.${property} refuses ${value}`)
      }
      const fallback = yes[published.default] ?? published.default ?? ''
      if (published.default !== undefined && fallback !== rule.fallback) {
        differing.push(`${name}.${property} falls back to ${rule.fallback}, not ${fallback}`)
      }
    }
  }
  assert.equal(differing, [])
})

replay(
  'names, containment, legal values and defaults are those that public documentation states',
  ['classes.json'],
  (content, { from }) => {
    const differing: string[] = []
    for (const [name, documented] of Object.entries<Documented>(content.classes)) {
      const definition = classes.get(name)
      if (!definition) continue
      if (documented.rn && documented.rn !== definition.rn) differing.push(`${name} is ${documented.rn}`)
      const containers = documented.contained_by.map(each => each.split(' ')[0] ?? '')
      for (const parent of definition.parents) {
        if (classes.has(parent) && !containers.includes(parent)) differing.push(`${name} is not contained by ${parent}`)
      }
      for (const [property, { legal_values: legal = [], default: fallback }] of Object.entries(documented.attributes)) {
        // Every answer of a real APIC has ':all:' in userdom for what a user made; dn and rn are no properties here.
        if (property === 'dn' || property === 'rn' || property === 'userdom') continue
        const rule = definition.properties[property]
        if (!rule) {
          if (definition.configurable) differing.push(`${name}.${property} is missing`)
          continue
        }
        if (rule.access === 'read-only') continue
        const refused = legal.filter(value => !('value' in rule.accept(value)))
        if (refused.length > 0) differing.push(`${name}.${property} refuses ${refused.join()}`)
        const stated = booleans[String(fallback)] ?? String(fallback)
        const expected = stated === 'none' && rule.fallback === '' ? '' : stated
        if (fallback !== undefined && rule.fallback !== expected) {
          differing.push(`${name}.${property} falls back to ${rule.fallback}, not ${fallback}`)
        }
      }
    }
    // The documentation of one class gives its alias a default that no answer of an APIC has.
    assert.equal(differing, from === 'own' ? [] : ['bgpCtxPol.nameAlias falls back to , not default'])
  },
)

replay('values that an APIC takes are accepted', ['observed_asserts.json'], content => {
  const observed = content.classes
  const refused: string[] = []
  for (const [name, { attributes }] of Object.entries<{ attributes: Record<string, string[]> }>(observed)) {
    for (const [property, values] of Object.entries(attributes)) {
      const rule = classes.get(name)?.properties[property]
      if (!rule) continue
      for (const value of values.filter(each => !/==|VALUE_SPECIFIED|anstest|ansible_test\./.test(each))) {
        if (!('value' in rule.accept(value))) refused.push(`${name}.${property} = ${value}`)
      }
    }
  }
  assert.equal(refused, [])
})

function sorted(value: string | undefined): string {
  return (value ?? '').split(',').sort().join()
}

test.run()
