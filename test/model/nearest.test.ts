import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { didYouMean, nearest } from '../../src/model/nearest.ts'

test('a slip of the fingers finds the word that was meant', () => {
  assert.is(nearest('nxos_confg', ['nxos_config', 'nxos_command']), 'nxos_config')
  assert.is(nearest('LEAF-101', ['leaf-101', 'leaf-102']), 'leaf-101')
})

test('what is too far off finds nothing', () => {
  assert.is(nearest('terraform', ['nxos_config', 'debug']), null)
})

test('nobody is told to write the word that they wrote', () => {
  assert.is(didYouMean('vlans', ['vlans']), '')
  assert.match(didYouMean('vlans', ['vlans', 'vlan']), '"vlan"')
})

test.run()
