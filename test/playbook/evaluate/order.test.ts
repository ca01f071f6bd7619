import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseYaml } from '../../../src/inventory/yaml/read.ts'
import { writtenScope } from '../../../src/model/scope.ts'
import type { Variables } from '../../../src/model/value.ts'
import { createTemplar } from '../../../src/playbook/template/template.ts'
import { tryRun } from '../../run/try.ts'

/** Expressions that give the names of m's keys, in its order, joined by blanks. */
const WAYS = [
  "m.keys() | join(' ')",
  "m | join(' ')",
  "m | list | join(' ')",
  "m.items() | map('first') | join(' ')",
  "m | items | map('first') | join(' ')",
  "m | dict2items | map(attribute='key') | join(' ')",
  "m | dict2items | items2dict | join(' ')",
  "m | combine({}) | join(' ')",
  "{} | combine(m) | join(' ')",
  "{'in': m} | combine({'in': m}, recursive=true) | dict2items | map(attribute='value') | first | join(' ')",
  "m | to_json | from_json | join(' ')",
  "m | to_nice_json(sort_keys=false) | from_json | join(' ')",
  "m | to_yaml(sort_keys=false) | from_yaml | join(' ')",
  "m | to_nice_yaml(sort_keys=false) | from_yaml | join(' ')",
  "dict(m) | join(' ')",
  "m.copy() | join(' ')",
  "[m] | map('combine', {}) | first | join(' ')",
  "query('dict', m) | map(attribute='key') | join(' ')",
  "through | join(' ')",
  "[m, m] | rekey_on_member(m | first) | dict2items | map(attribute='value') | first | join(' ')",
  "m | remove_keys(target=['nowhere']) | join(' ')",
  "m | json_query('@') | join(' ')",
]

const templar = createTemplar()

/** A mapping as a file says it: keys that look like numbers, too. */
function variables(keys: readonly string[]): Variables {
  const m = `{${keys.map(key => `${JSON.stringify(key)}: v-${key}`).join(', ')}}`
  return parseYaml(`m: ${m}\nthrough: "{{ m }}"`, 'vars.yml')[0]?.value as Variables
}

const key = fc.oneof(fc.stringMatching(/^[a-z]{1,3}$/), fc.nat(99).map(String))
const twoOrders = fc
  .uniqueArray(key, { minLength: 2, maxLength: 6 })
  .chain(keys => fc.tuple(fc.shuffledSubarray(keys, { minLength: keys.length }), fc.constant(keys)))

test('two mappings of the same keys in different order each keep their own, whatever is done with them', () => {
  fc.assert(
    fc.property(twoOrders, orders => {
      for (const way of WAYS)
        for (const keys of orders)
          assert.is(templar.render(`{{ ${way} }}.`, writtenScope(variables(keys))), `${keys.join(' ')}.`, way)
    }),
    { numRuns: 40 },
  )
})

test('loops of templates go through a mapping in its order', () => {
  fc.assert(
    fc.property(twoOrders, orders => {
      for (const keys of orders) {
        const scope = writtenScope(variables(keys))
        const wanted = keys.map(each => `${each}=v-${each};`).join('')
        assert.is(templar.render('{% for k, v in m.items() %}{{ k }}={{ v }};{% endfor %}', scope), wanted)
        assert.is(templar.render('{% for k in m %}{{ k }}={{ m[k] }};{% endfor %}', scope), wanted)
        assert.is(templar.render('{% for k in through %}{{ k }}={{ through[k] }};{% endfor %}', scope), wanted)
      }
    }),
    { numRuns: 40 },
  )
})

test('set_fact, loops and arguments keep the order of a mapping', async () => {
  const orders = [
    ['10', 'b', '9', 'a'],
    ['a', '9', 'b', '10'],
  ]
  const tasks = orders.flatMap(keys => {
    const m = `{${keys.map(each => `'${each}': 1`).join(', ')}}`
    return [
      { set_fact: { kept: `{{ ${m} }}` } },
      { name: `kept ${keys.join(' ')}`, debug: { msg: "kept {{ kept | join(' ') }}" } },
      { name: 'loop', debug: { msg: '{{ item.key }}' }, loop: '{{ kept | dict2items }}' },
      { name: 'with_dict', debug: { msg: '{{ item.key }}' }, with_dict: '{{ kept }}' },
    ]
  })
  const { events } = await tryRun({
    'playbook.yml': JSON.stringify([{ hosts: 'localhost', gather_facts: false, tasks }]),
    'hosts.ini': 'localhost ansible_connection=local',
  })
  const said = events.flatMap(event => {
    if (event.event !== 'host-result' || event.task === 'set_fact') return []
    return [event.items ? event.items.map(({ msg }) => msg).join(' ') : event.msg]
  })
  assert.equal(
    said,
    orders.flatMap(keys => [`kept ${keys.join(' ')}`, keys.join(' '), keys.join(' ')]),
  )
})

test.run()
