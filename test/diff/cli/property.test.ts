import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { applyCli } from '../../../src/diff/cli/apply.ts'
import { normalCli } from '../../../src/diff/cli/normal.ts'
import { planCli } from '../../../src/diff/cli/plan.ts'
import { parseCli, printCli } from '../../../src/diff/cli/tree.ts'
import { inverse } from '../../../src/model/managed.ts'
import type { CliLine, CliTree } from '../../../src/model/nxos.ts'
import { fixtures } from '../../support/fixtures.ts'

const word = fc.constantFrom('a', 'b', '10', '20')
const contexts = fc.constantFrom<string[]>(
  [],
  ['interface Vlan10'],
  ['interface Ethernet1/1'],
  ['router bgp 1'],
  ['router bgp 1', 'vrf x'],
  ['router bgp 1', 'vrf x', 'neighbor 192.0.2.1'],
  ['router bgp 1', 'vrf x', 'neighbor 192.0.2.1', 'address-family ipv4 unicast'],
  ['route-map r permit 10'],
)
const lines = fc.oneof(
  word.map(text => `description ${text}`),
  word.map(text => `remote-as ${text}`),
  word.map(text => `vrf member ${text}`),
  word.map(text => `ip address 10.0.0.${text.length}/24`),
  word.map(text => `ipv6 address 2001:db8::${text}/64`),
  word.map(text => `match tag ${text}`),
  word.map(text => `something ${text} else`),
  fc.constantFrom(
    'shutdown',
    'no shutdown',
    'no ip redirects',
    'ip redirects',
    'no description',
    'send-community',
    'switchport',
    'no switchport',
  ),
)
const wanted = fc.array(fc.record({ parents: contexts, line: lines }), { maxLength: 12 })
const build = (all: readonly CliLine[]): CliTree => applyCli([], planCli([], all))
const sorted = (tree: CliTree) => printCli(sortedTree(tree))

test('a plan that was applied is empty the second time, line for line of what was wanted last', () => {
  fc.assert(
    fc.property(wanted, wanted, (start, wish) => {
      const tree = build(start)
      const after = applyCli(tree, planCli(tree, wish))
      const last = wish.filter((line, index) => !wish.slice(index + 1).some(later => disturbs(later, line)))
      assert.equal(planCli(after, last), [])
    }),
    { numRuns: 300 },
  )
})

test('the inverse of a plan restores the tree', () => {
  fc.assert(
    fc.property(wanted, wanted, (start, wish) => {
      const tree = build(start)
      const changes = planCli(tree, wish)
      assert.is(sorted(applyCli(applyCli(tree, changes), inverse(changes))), sorted(tree))
    }),
    { numRuns: 300 },
  )
})

test('a printed tree reads back as itself', () => {
  fc.assert(
    fc.property(wanted, start => {
      const tree = build(start)
      assert.equal(parseCli(printCli(tree)), tree)
    }),
  )
})

for (const { from, path: folder } of fixtures('nxos/running-configs'))
  test(`running-configs read without loss, are normal at the second go, and are in sync with themselves (${from})`, () => {
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8')
      // One file is typed, not captured: a switch never shows a range of interfaces.
      if (/^interface .*\d-\d/m.test(text)) continue
      const tree = parseCli(text)
      assert.is(printCli(parseCli(printCli(tree))), printCli(tree), file)
      const normal = normalCli(tree)
      assert.is(printCli(normalCli(normal)), printCli(normal), file)
      const changes = planCli(normal, flatten(normal, []))
      assert.equal(
        changes.map(change => change.id),
        [],
        file,
      )
    }
  })

function flatten(tree: CliTree, parents: readonly string[]): CliLine[] {
  return tree
    .filter(node => !node.line.startsWith('banner '))
    .flatMap(node => [{ parents, line: node.line }, ...flatten(node.children, [...parents, node.line])])
}

/** A later line about the same thing, or a VRF that takes the addresses away. */
function disturbs(later: CliLine, line: CliLine): boolean {
  const about = (text: string) => text.replace(/^no /, '').replace(/ .*/, '')
  const same = later.parents.join('/') === line.parents.join('/')
  return same && (about(later.line) === about(line.line) || later.line.startsWith('vrf member'))
}

function sortedTree(tree: CliTree): CliTree {
  const children = tree.map(node => ({ line: node.line, children: sortedTree(node.children) }))
  return children.sort((one, other) => (one.line < other.line ? -1 : 1))
}

test.run()
