import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseSelector } from '../../../src/lab/bgp/node/calico-selector.ts'

const labels = { rack_id: '1', 'example.net/role': 'edge', zone: 'a-west' }
const cases: readonly (readonly [selector: string, selected: boolean])[] = [
  ['all()', true],
  ['', true],
  ['rack_id == "1"', true],
  ["rack_id == '2'", false],
  ['rack_id != "2" && has(zone)', true],
  ['!has(zone) || example.net/role in {"edge", "core"}', true],
  ['example.net/role not in {"edge"}', false],
  ['!(rack_id == "1" && zone starts with "a-")', false],
  ['zone ends with "west"', true],
  ['zone contains "-w"', true],
  ['absent == "1"', false],
  ['absent != "1"', true],
  ['rack_id = "1"', false],
  ['rack_id == "1" &&', false],
]

for (const [selector, selected] of cases) {
  test(`the selector ${selector || '(empty)'} ${selected ? 'takes' : 'leaves'} the node`, () => {
    assert.is(parseSelector(selector)(labels), selected)
  })
}

test.run()
