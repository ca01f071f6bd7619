import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCli, printCli } from '../../../../src/diff/cli/tree.ts'
import { loadConfig } from '../../../../src/lab/nxos/config/load.ts'
import { printConfig } from '../../../../src/lab/nxos/config/print.ts'
import { fixtures } from '../../../support/fixtures.ts'

for (const { from, path } of fixtures('nxos/running-configs'))
  test(`running-configs come back as they were (${from})`, () => {
    const files = readdirSync(path).filter(file => file !== 'ciscoconfparse__n7k_fex_vpc.cfg')
    for (const file of files) {
      const text = readFileSync(`${path}/${file}`, 'utf8')
      assert.is(printCli(parseCli(printConfig(loadConfig(text)))), printCli(parseCli(text)), file)
    }
    assert.ok(files.length > 5)
  })

test('a neighbor of old releases on one line becomes a block', () => {
  const text = printConfig(loadConfig('router bgp 1\n  neighbor 10.0.0.1 remote-as 65001\n    description x\n'))
  assert.is(text, '\nrouter bgp 1\n  neighbor 10.0.0.1\n    remote-as 65001\n    description x')
})

test('passwords in clear do not stay in clear', () => {
  const text = printConfig(loadConfig('router bgp 1\n  neighbor 10.0.0.1\n    password 0 secret-word\n'))
  assert.match(text, /password 3 [0-9a-f]{16}/)
  assert.not.match(text, /secret-word/)
})

test('lines that the grammar does not know are taken as they stand, with all below them', () => {
  const text = 'role name priv-15\n  rule 1 permit read-write\n    deeper\nhostname a\n'
  assert.is(printConfig(loadConfig(text)).trim(), text.replace('hostname', '\nhostname').trim())
})

test.run()
