import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refusalIn, refusalInConfiguration } from '../../../src/connection/cli/rejection.ts'
import { type Applied, applyLine, type Standing } from '../../../src/lab/nxos/config/apply.ts'
import { loadConfig } from '../../../src/lab/nxos/config/load.ts'
import type { Config } from '../../../src/lab/nxos/config/node.ts'
import { isMismatch } from '../../../src/lab/nxos/grammar/match.ts'
import { fixtures } from '../../support/fixtures.ts'

for (const { from, path } of fixtures('nxos/errors/errors.json'))
  test(`every error text that switches print is a refusal, and notes are none (${from})`, () => {
    const { errors } = JSON.parse(readFileSync(path, 'utf8')) as { errors: { text: string; context: string }[] }
    const literal = errors.filter(({ context }) => !context.startsWith('list of facts'))
    assert.ok(literal.length > 15)
    for (const { text, context } of literal) {
      const said = refusalIn(text.split(/\r*\n\r?/))
      assert.is(said !== null, !/not an error/.test(context), text)
    }
  })

test('the caret line is not part of what the device said', () => {
  assert.is(
    refusalIn(['                      ^', "% Invalid command at '^' marker."]),
    "% Invalid command at '^' marker.",
  )
})

test('a refusal with a caret is one, whatever words it begins with', () => {
  for (const said of [
    "Invalid range at '^' marker.",
    "% Incomplete command at '^' marker.",
    "String exceeds max length at '^' marker.",
  ])
    assert.is(refusalIn(['                 ^', said]), said)
})

test('warnings, progress and ordinary output are no refusals', () => {
  const fine = [
    'Warning: Enable double-wide arp-ether tcam carving',
    'Note: Applying config parallelly may fail Rollback verification',
    '% Deleted all L3 config on interface Vlan10',
    'Enter configuration commands, one per line. End with CNTL/Z.',
    '[########################################] 100%',
    '2026 Nov 20 10:00:00 leaf-a %ETHPORT-5-IF_UP: Interface up',
    '% 5 packets lost',
  ]
  for (const line of fine) assert.is(refusalIn([line]), null, line)
})

test('a refusal behind progress characters is found, with all that follows it', () => {
  const output = [
    'Collecting Running-Config',
    '#..ERROR: Rollback patch computation failed',
    'The checkpoint file was not created',
  ]
  assert.is(refusalIn(output), '#..ERROR: Rollback patch computation failed\nThe checkpoint file was not created')
})

const TOP: Standing = { mode: 'config', line: '', paths: [[]] }
const CONFIG = loadConfig(
  'hostname leaf\nfeature bgp\nfeature interface-vlan\nvlan 1,10\nvrf context a\ninterface Vlan10\n  vrf member a\n  ip address 10.0.0.1/24\nrouter bgp 65001\n  router-id 10.0.0.1\n',
)
/** Lines that a switch takes, some only in their context; what is made of them is mostly refused. */
const LINES = [
  'interface Vlan20',
  'interface Ethernet1/1',
  'vrf member b',
  'ip address 10.0.0.2/24',
  'mtu 9216',
  'description x',
  'router bgp 65002',
  'neighbor 192.0.2.1',
  'remote-as 65001',
  'address-family ipv4 unicast',
  'timers 10 30',
  'vlan 10-12',
  'ip route 10.0.0.0/8 192.0.2.1',
  'ip prefix-list a seq 5 permit 10.0.0.0/8 le 32',
  'route-map x permit 10',
  'hostname new',
  'feature bgp',
  'no feature bgp',
]
const words = fc.constantFrom('', 'no', '300.0.0.0/8', '99999999', 'x'.repeat(70), 'permit', 'in', '10.0.0.1/24', '^')
const openings = fc.constantFrom<string[]>(
  [],
  ['interface Vlan10'],
  ['router bgp 65001'],
  ['router bgp 65001', 'vrf a'],
)

const typed = fc
  .record({ line: fc.constantFrom(...LINES), at: fc.nat(6), cut: fc.nat(2), word: words })
  .map(({ line, at, cut, word }) => {
    const parts = line.split(' ')
    parts.splice(Math.min(at, parts.length), cut, word)
    return parts.join(' ').replace(/ +/g, ' ').trim()
  })
  .filter(line => line !== '')

/** The contexts that lines open, one in the other. */
function standings(config: Config, lines: readonly string[]): Standing[] {
  const open = [TOP]
  for (const line of lines) {
    const applied = applyLine(config, open, line)
    if ('config' in applied && applied.enter) open.push(applied.enter)
  }
  return open
}

/** What the lab prints for a line in configuration mode. */
function printed(applied: Applied): string[] {
  if (isMismatch(applied)) return [`${' '.repeat(applied.column)}^`, applied.error]
  return ('refused' in applied ? applied.refused : applied.said).split('\n').filter(line => line !== '')
}

test('whatever the lab prints when it refuses a line is seen as a refusal, and what it says of lines that it takes is none', () => {
  let refused = 0
  fc.assert(
    fc.property(openings, typed, (contexts, line) => {
      const applied = applyLine(CONFIG, standings(CONFIG, contexts), line)
      const isTaken = 'config' in applied
      if (!isTaken) refused++
      assert.is(refusalInConfiguration(printed(applied)) === null, isTaken, `${line}: ${printed(applied).join(' | ')}`)
    }),
    { numRuns: 2000 },
  )
  assert.ok(refused > 500, `${refused} of 2000 were refused`)
})

test('in configuration mode a caret is a refusal whatever stands below it, and so is an unknown word behind %', () => {
  for (const output of [
    ['        ^', 'Something that no table has'],
    ['        ', '^', 'Something'],
    ['        ^'],
    ['% Interface is in L2 mode'],
    ['%Please configure the peer first'],
    ['ERROR: Ethernet1/1: requested config change not allowed'],
    ['% BGP is already running with AS number 65001'],
  ])
    assert.ok(refusalInConfiguration(output), output.join('|'))
  for (const output of [
    [],
    ['Warning: Enable double-wide arp-ether tcam carving'],
    ['% Warning: the VLAN is suspended'],
    ['% Deleted all L3 config on interface Vlan10'],
    ['%ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/33 is down (Link failure)'],
    ['This will take effect after the next reload'],
  ])
    assert.is(refusalInConfiguration(output), null, output.join('|'))
})

test.run()
