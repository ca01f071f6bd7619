import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isWithin } from '../../../src/diff/apic/dn.ts'
import { type ApicBody, batchCommands, foldCommands } from '../../../src/diff/apic/fold.ts'
import type { ApicCommand } from '../../../src/model/apic.ts'
import { apicObjects } from '../../support/apic-trees.ts'

const commandsOf = apicObjects.map(objects =>
  objects.map(({ dn, class: name, attributes }) => ({ dn, class: name, attributes })),
)

test('what is folded unfolds to the same objects, in one tree', () => {
  fc.assert(
    fc.property(commandsOf, commands => {
      const posts = foldCommands(commands, () => null)
      assert.ok(posts.length <= 1)
      const unfolded = posts.flatMap(post => unfold(post.body, ''))
      assert.equal(sorted(unfolded), sorted(commands))
    }),
  )
})

test('any part of the objects folds into one tree too, with the objects on the way only passed through', () => {
  fc.assert(
    fc.property(commandsOf, fc.array(fc.boolean()), (commands, keep) => {
      const part = commands.filter((_, index) => keep[index])
      const posts = foldCommands(part, () => null)
      assert.is(posts.length, part.length > 0 ? 1 : 0)
      assert.equal(sorted(posts.flatMap(post => unfold(post.body, ''))), sorted(part))
    }),
  )
})

test('objects of several tenants and of infra go out as one tree below uni', () => {
  const commands = [
    { dn: 'uni/tn-a', class: 'fvTenant', attributes: { name: 'a' } },
    { dn: 'uni/infra/attentp-x', class: 'infraAttEntityP', attributes: { name: 'x' } },
  ]
  assert.equal(
    foldCommands(commands, () => null),
    [
      {
        dn: 'uni',
        body: {
          polUni: {
            attributes: { dn: 'uni' },
            children: [
              { fvTenant: { attributes: { rn: 'tn-a', name: 'a' } } },
              {
                infraInfra: {
                  attributes: { rn: 'infra', status: 'modified' },
                  children: [{ infraAttEntityP: { attributes: { rn: 'attentp-x', name: 'x' } } }],
                },
              },
            ],
          },
        },
      },
    ],
  )
})

test('an object below one of unknown class gets a POST of its own', () => {
  const commands = [
    { dn: 'uni/tn-a/zz-1/yy-2', class: 'fooBar', attributes: {} },
    { dn: 'uni/tn-a/ctx-b', class: 'fvCtx', attributes: {} },
  ]
  assert.equal(
    foldCommands(commands, () => null).map(post => post.dn),
    ['uni/tn-a', 'uni/tn-a/zz-1/yy-2'],
  )
  const known = foldCommands(commands, dn => (dn === 'uni/tn-a/zz-1' ? 'fooFoo' : null))
  assert.is(known.length, 1)
})

test('batches keep the order, and a delete never shares one with a write of the same place', () => {
  const command = fc.record({
    dn: fc.constantFrom('uni/tn-a', 'uni/tn-a/ctx-b', 'uni/tn-a/ctx-c', 'uni/tn-d'),
    class: fc.constant('x'),
    attributes: fc.constant({}),
    delete: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(command), fc.integer({ min: 1, max: 4 }), (commands, most) => {
      const batches = batchCommands(commands, most)
      assert.equal(batches.flat(), commands)
      for (const batch of batches) {
        assert.ok(batch.length > 0 && batch.length <= most)
        const meet = batch.some(a =>
          batch.some(b => a.delete && !b.delete && (isWithin(a.dn, b.dn) || isWithin(b.dn, a.dn))),
        )
        assert.not.ok(meet)
      }
    }),
  )
})

/** The commands that a body means: all but what is only passed through. */
function unfold(body: ApicBody, parent: string): ApicCommand[] {
  return Object.entries(body).flatMap(([name, { attributes, children = [] }]) => {
    const { dn = `${parent}/${attributes.rn}`, rn: _, ...rest } = attributes
    const passed = rest.status === 'modified' || name === 'polUni'
    return [...(passed ? [] : [{ dn, class: name, attributes: rest }]), ...children.flatMap(child => unfold(child, dn))]
  })
}

function sorted(commands: readonly ApicCommand[]): ApicCommand[] {
  return [...commands].sort((a, b) => (a.dn < b.dn ? -1 : 1))
}

test.run()
