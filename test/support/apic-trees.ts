import * as fc from 'fast-check'
import { rnOf } from '../../src/diff/apic/classes.ts'
import type { WantedObject } from '../../src/diff/apic/objects.ts'
import { sameValue } from '../../src/diff/apic/values.ts'
import type { ApicObject, ApicTree } from '../../src/model/apic.ts'

interface Shape {
  readonly class: string
  readonly attributes: Readonly<Record<string, fc.Arbitrary<string>>>
  readonly children: readonly Shape[]
}

const word = fc.constantFrom('a', 'b', 'c')
const descr = fc.constantFrom('', 'x', 'y')
const mask = fc.constantFrom('', 'as-override', 'as-override,dis-peer-as-check', 'dis-peer-as-check,as-override')

const SHAPE: Shape = {
  class: 'fvTenant',
  attributes: { name: word, descr },
  children: [
    { class: 'fvCtx', attributes: { name: word, descr, knwMcastAct: fc.constantFrom('permit', 'deny') }, children: [] },
    {
      class: 'rtctrlSubjP',
      attributes: { name: word, descr },
      children: [
        {
          class: 'rtctrlMatchRtDest',
          attributes: { ip: fc.constantFrom('10.0.0.0/24', '2001:db8::/64'), aggregate: fc.constantFrom('yes', 'no') },
          children: [],
        },
      ],
    },
    {
      class: 'l3extOut',
      attributes: { name: word, enforceRtctrl: fc.constantFrom('export', 'export,import', 'import,export') },
      children: [
        {
          class: 'l3extLNodeP',
          attributes: { name: word },
          children: [
            {
              class: 'bgpPeerP',
              attributes: { addr: fc.constantFrom('10.0.0.1', '10.0.0.2'), ctrl: mask },
              children: [],
            },
          ],
        },
      ],
    },
  ],
}

/** Objects of a random tree below uni, parents before children, each dn once. */
export const apicObjects: fc.Arbitrary<ApicObject[]> = fc
  .array(objectsOf(SHAPE, 'uni'), { maxLength: 2 })
  .map(lists => [...new Map(lists.flat().map(object => [object.dn, object])).values()])

export function treeOf(objects: readonly ApicObject[]): ApicTree {
  return new Map(objects.map(object => [object.dn, object]))
}

export function wantedOf(objects: readonly ApicObject[]): WantedObject[] {
  return objects.map(object => ({ ...object, deleted: false, path: [] }))
}

/** Where two trees differ, attribute by attribute, as the APIC sees it. */
export function treeDifferences(a: ApicTree, b: ApicTree): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap(dn => {
    const [left, right] = [a.get(dn), b.get(dn)]
    if (!left || !right) return [`${dn} is in one of them`]
    const names = [...new Set([...Object.keys(left.attributes), ...Object.keys(right.attributes)])]
    return names
      .filter(
        attribute =>
          !sameValue({ class: left.class, attribute }, left.attributes[attribute], right.attributes[attribute] ?? ''),
      )
      .map(name => `${dn} ${name}`)
  })
}

function objectsOf(shape: Shape, parent: string): fc.Arbitrary<ApicObject[]> {
  return fc.record(shape.attributes, { noNullPrototype: true }).chain(attributes => {
    const dn = `${parent}/${rnOf(shape.class, attributes as Record<string, string>)}`
    const own: ApicObject = { dn, class: shape.class, attributes: attributes as Record<string, string> }
    const children = shape.children.map(child => fc.array(objectsOf(child, dn), { maxLength: 2 }))
    return fc.tuple(...children).map(lists => [own, ...lists.flat(2)])
  })
}
