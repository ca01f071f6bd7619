import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findCli, parseCli, printCli } from '../../../src/diff/cli/tree.ts'

test('a configuration becomes a tree by its indentation, without header and comments', () => {
  const tree = parseCli(
    '\n!Command: show running-config\nversion 9.3(4) Bios:version  \nrouter bgp 65102\n  vrf a\n    neighbor 10.0.0.1\n',
  )
  assert.is(printCli(tree), 'version 9.3(4) Bios:version\nrouter bgp 65102\n  vrf a\n    neighbor 10.0.0.1\n')
  assert.is(findCli(tree, ['router bgp 65102', 'vrf a', 'neighbor 10.0.0.1'])?.line, 'neighbor 10.0.0.1')
  assert.is(findCli(tree, ['router bgp 65102', 'vrf b']), undefined)
})

test.run()
