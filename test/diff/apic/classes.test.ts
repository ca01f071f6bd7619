import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { apicClasses, attributeKind, classAt, isSecretAttribute, readRn, rnOf } from '../../../src/diff/apic/classes.ts'
import { lastRn } from '../../../src/diff/apic/dn.ts'
import { fixtures } from '../../support/fixtures.ts'

test('the class of a dn is found from the top, the same rn prefix meaning different classes', () => {
  assert.is(classAt('uni/tn-a/ctx-b'), 'fvCtx')
  assert.is(classAt('uni/tn-a/out-o/prof-p/ctx-b'), 'rtctrlCtxP')
  assert.is(classAt('uni/tn-a/nothing-known'), null)
  assert.is(classAt('topology/pod-1'), null)
})

test('an rn is made from naming attributes and read back', () => {
  const attributes = { nodeDn: 'topology/pod-1/node-101', encap: 'vlan-10' }
  const rn = rnOf('l3extVirtualLIfP', attributes)
  assert.is(rn, 'vlifp-[topology/pod-1/node-101]-[vlan-10]')
  assert.equal(readRn('l3extVirtualLIfP', rn ?? ''), attributes)
  assert.is(rnOf('fvCtx', {}), null)
  assert.is(rnOf('fvUnknown', { name: 'a' }), null)
  assert.is(readRn('fvCtx', 'BD-a'), null)
})

test('every parent of the table is a class of the table, up to uni', () => {
  const missing = [...apicClasses.values()].flatMap(known =>
    known.parents.filter(name => name !== 'polUni' && !apicClasses.has(name)),
  )
  assert.equal(missing, [])
})

test('passwords are secret, also in classes that the table does not know', () => {
  assert.is(attributeKind('bgpPeerP', 'password'), 'secret')
  assert.is(attributeKind('snmpUnknownP', 'pwd'), 'secret')
  assert.is(attributeKind('bgpPeerP', 'ctrl'), 'bitmask')
})

for (const { from, path: schemaFile } of fixtures('apic/class-schema.json'))
  test(`the table agrees with what an APIC publishes of its classes (${from})`, () => {
    const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
    const wrong: string[] = []
    for (const known of apicClasses.values()) {
      const published = schema[known.name]
      if (!published) continue
      if (published.rn !== known.rn) wrong.push(`${known.name}: rn ${known.rn}, published ${published.rn}`)
      for (const [name, value] of Object.entries(known.defaults)) {
        const property = published.props[name]
        if (!property) wrong.push(`${known.name}.${name} is not published`)
        else if (property.default !== undefined && !sameWord(property.default, value)) {
          wrong.push(`${known.name}.${name}=${value}, published ${property.default}`)
        }
      }
      for (const [name, kind] of Object.entries(known.kinds)) {
        const ui = published.props[name]?.ui
        if (kind === 'bitmask' && ui !== 'bitmask') wrong.push(`${known.name}.${name} is ${ui}, not a bitmask`)
        if (kind !== 'bitmask' && ui === 'bitmask') wrong.push(`${known.name}.${name} is a bitmask`)
      }
    }
    assert.equal(wrong, [])
  })

for (const { from, path: objectsFile } of fixtures('apic/objects.json', 'apic/nkt_objects.json'))
  test(`every object of a fabric for Calico has a class that the table names the same way (${from})`, () => {
    const { objects } = JSON.parse(readFileSync(objectsFile, 'utf8'))
    for (const { class: name, dn, attributes } of objects) {
      assert.is(classAt(dn), name, dn)
      assert.is(rnOf(name, attributes), lastRn(dn))
    }
  })

/** The published model writes false where the APIC says no, and a MAC as a number; none is an empty bitmask. */
function sameWord(published: unknown, ours: string): boolean {
  const words: Record<string, string> = { none: '', true: 'yes', false: 'no', '280487012409856': '00:22:BD:F8:19:FF' }
  return String(published) === ours || words[String(published)] === ours
}

test('attributes of classes that the table does not know are secret by their names', () => {
  for (const name of ['userPasswd', 'monitoringPassword', 'preSharedKey', 'secureAuthKey', 'key'])
    assert.is(attributeKind('fileRemotePathLike', name), 'secret', name)
  for (const name of ['pwdStrengthCheck', 'keyId', 'descr'])
    assert.is(attributeKind('fileRemotePathLike', name), 'text', name)
})

test('an SNMP community is a name that the APIC gives back, and is not shown', () => {
  assert.is(attributeKind('snmpCommunityP', 'name'), 'text')
  assert.ok(isSecretAttribute('snmpCommunityP', 'name'))
  assert.ok(isSecretAttribute('snmpTrapDest', 'secName'))
  assert.not(isSecretAttribute('fvTenant', 'name'))
})

test.run()
