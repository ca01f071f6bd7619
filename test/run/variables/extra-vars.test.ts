import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseExtraVars } from '../../../src/run/variables/extra-vars.ts'

const folder = mkdtempSync(join(tmpdir(), 'weft-vars-'))

test('key=value is text, quotes hold blanks together', () => {
  assert.equal(parseExtraVars(['mtu=9216 name="rack one" x=\'a b\''], folder), {
    mtu: '9216',
    name: 'rack one',
    x: 'a b',
  })
})

test('YAML and JSON keep their types, later options win', () => {
  assert.equal(parseExtraVars(['{"mtu": 9216, "racks": [1, 2]}', 'mtu: 1500'], folder), { mtu: 1500, racks: [1, 2] })
})

test('@file is read relative to the folder', () => {
  writeFileSync(join(folder, 'v.yml'), 'asn: 65531\n')
  assert.equal(parseExtraVars(['@v.yml'], folder), { asn: 65531 })
})

test('what is no variable and a missing file are said with the remedy', () => {
  assert.throws(
    () => parseExtraVars(['justaword'], folder),
    (error: { failure: { remedy: string } }) => error.failure.remedy.includes('key=value'),
  )
  assert.throws(() => parseExtraVars(['@none.yml'], folder), /cannot read the variables file .*none\.yml: ENOENT/)
})

test.run()
