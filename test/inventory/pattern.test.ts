import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadInventory } from '../../src/inventory/load.ts'
import { matchHosts, patternWarnings } from '../../src/inventory/pattern.ts'
import { folderOf } from '../support/folder.ts'

const inventory = await loadInventory(['h.ini'], {
  folder: folderOf({ 'h.ini': '[leafs]\nleaf[1:6]\n[spines]\nspine[1:2]\n[left]\nleaf1\nleaf3\nspine1\n' }),
})
const match = (pattern: string | string[], limit?: string) => matchHosts(inventory, pattern, limit).join(' ')

test('names, groups, unions, exclusions and intersections', () => {
  assert.is(match('leaf2'), 'leaf2')
  assert.is(match('spines:leaf2'), 'spine1 spine2 leaf2')
  assert.is(match('leafs,!left'), 'leaf2 leaf4 leaf5 leaf6')
  assert.is(match('!left:leafs:&leaf*'), 'leaf2 leaf4 leaf5 leaf6')
  assert.is(match(['left', '!spines']), 'leaf1 leaf3')
  assert.is(match('!leafs'), 'spine1 spine2')
})

test('wildcards and expressions match hosts and groups', () => {
  assert.is(match('*1'), 'leaf1 spine1')
  assert.is(match('leaf[12]'), '')
  assert.is(match('leaf?'), 'leaf1 leaf2 leaf3 leaf4 leaf5 leaf6')
  assert.is(match('~leaf[12]'), 'leaf1 leaf2')
  assert.is(match('~eaf'), '')
})

test('subscripts count from 0, ranges include both ends, and an open start is a wildcard', () => {
  assert.is(match('leafs[0]'), 'leaf1')
  assert.is(match('leafs[-1]'), 'leaf6')
  assert.is(match('leafs[1:3]'), 'leaf2 leaf3 leaf4')
  assert.is(match('leafs[4:]'), 'leaf5 leaf6')
  assert.is(match('leafs[:2]'), '')
  assert.throws(() => match('leafs[6]'), /No hosts matched the subscripted pattern 'leafs\[6\]'/)
})

test('a limit narrows, also from a file', () => {
  const folder = folderOf({ picked: 'leaf3\n# not this\nspine1\n' })
  assert.is(match('leafs', 'left'), 'leaf1 leaf3')
  assert.is(match('all', `@${folder}/picked`), 'leaf3 spine1')
  assert.throws(() => match('all', '@/nowhere/at/all'), /cannot be read/)
})

test('localhost is found although it is in no group, but all does not contain it', () => {
  assert.is(match('localhost'), 'localhost')
  assert.not.match(match('all'), 'localhost')
})

test('what names nothing is warned about with the nearest name', () => {
  assert.equal(patternWarnings(inventory, 'leafs:spine'), [
    'The pattern "spine" matches no host or group. Did you mean "spines"?',
  ])
  assert.equal(patternWarnings(inventory, 'all:!cores'), ['The pattern "cores" matches no host or group.'])
})

test.run()
