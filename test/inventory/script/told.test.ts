import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { groupsOf, variablesOf } from '../../../src/inventory/script/told.ts'
import type { Value } from '../../../src/model/value.ts'

const groups = (list: Record<string, Value>) => groupsOf(list, '/estate.py')

test('a group is a list of hosts, a mapping of hosts, vars and children, or the variables of a host of its name', () => {
  assert.equal(groups({ leafs: ['a', 'b'] }), [{ name: 'leafs', hosts: ['a', 'b'], children: [], variables: {} }])
  assert.equal(groups({ fabric: { children: ['leafs'], vars: { tier: 1 } } }), [
    { name: 'fabric', hosts: [], children: ['leafs'], variables: { tier: 1 } },
  ])
  assert.equal(groups({ spine: { rank: 1 } }), [
    { name: 'spine', hosts: ['spine'], children: [], variables: { rank: 1 } },
  ])
  assert.equal(groups({ all: {}, _meta: { hostvars: {} } }), [{ name: 'all', hosts: [], children: [], variables: {} }])
})

test('what is no group says which, and in which file', () => {
  const refused = (list: Record<string, Value>) => {
    try {
      return JSON.stringify(groups(list))
    } catch (error) {
      return (error as Error).message
    }
  }
  assert.match(refused({ leafs: 'a' }), '/estate.py: the group "leafs" is neither')
  assert.match(refused({ leafs: { hosts: { a: {} } } }), 'the hosts of the group "leafs" are not a list of names')
  assert.match(refused({ leafs: { hosts: [1] } }), 'are not a list of names')
  assert.match(refused({ leafs: { children: 'a' } }), 'the children of the group "leafs"')
  assert.match(refused({ leafs: { vars: [1] } }), 'the variables of the group "leafs" are not a mapping')
  assert.match(refused({ leafs: { vars: { a: { __ansible_unsafe: 'x' } } } }), '__ansible_unsafe in a')
  assert.match(refused({ leafs: { vars: { a: { __ansible_vault: 'x' } } } }), 'a is encrypted with ansible-vault')
})

test('text of __ansible_unsafe is unwrapped, and its variable is data', () => {
  const { values, data } = variablesOf({ a: [{ b: { __ansible_unsafe: '{{ x }}' } }], c: '{{ y }}' }, 'they', '/e.py')
  assert.equal([values, [...data]], [{ a: [{ b: '{{ x }}' }], c: '{{ y }}' }, ['a']])
})

test('variables cannot reach the prototype of others', () => {
  assert.throws(() => variablesOf(JSON.parse('{"__proto__": {"polluted": 1}}'), 'they', '/e.py'), 'not a mapping')
})

test.run()
