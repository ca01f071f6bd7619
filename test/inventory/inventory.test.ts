import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addHost, addToGroup, hostOf } from '../../src/inventory/grow.ts'
import { loadInventory } from '../../src/inventory/load.ts'
import { folderOf } from '../support/folder.ts'

const INI = `
lonely
[leafs]
leaf[01:03] rank=1 quoted="'7'" mode=0644 list="[1, 2]" # a comment
[spines]
spine-[a:b]
[fabric:children]
leafs
spines
[fabric:vars]
tier=fabric
flag=True
text=a # stays
[all:vars]
site=north
`

const YML = `
leafs:
  hosts:
    leaf02: {rank: 2}
    leaf[04:05]:
  vars: {tier: leaf}
fabric:
  children: {leafs: {}}
`

test('an INI inventory has its ranges, children, literals and comments read', async () => {
  const inventory = await loadInventory(['hosts'], { folder: folderOf({ hosts: INI }) })
  assert.equal(inventory.groups.get('all'), ['lonely', 'leaf01', 'leaf02', 'leaf03', 'spine-a', 'spine-b'])
  assert.equal(inventory.groups.get('ungrouped'), ['lonely'])
  const { rank, quoted, mode, list, tier, flag, text, site, group_names } =
    inventory.hosts.get('leaf01')?.variables ?? {}
  assert.equal([rank, quoted, mode, list], [1, '7', '0644', [1, 2]])
  assert.equal([tier, flag, text, site, group_names], ['fabric', true, 'a # stays', 'north', ['fabric', 'leafs']])
})

test('several sources merge in their order and a deeper group wins', async () => {
  const folder = folderOf({ hosts: INI, 'more.yml': YML })
  const inventory = await loadInventory(['hosts', 'more.yml'], { folder })
  assert.equal(inventory.groups.get('leafs'), ['leaf01', 'leaf02', 'leaf03', 'leaf04', 'leaf05'])
  assert.equal(
    [inventory.hosts.get('leaf02')?.variables.rank, inventory.hosts.get('leaf02')?.variables.tier],
    [2, 'leaf'],
  )
  assert.is(inventory.hosts.get('spine-a')?.variables.tier, 'fabric')
})

test('group_vars and host_vars rank as in Ansible, beside the inventory and beside the playbook', async () => {
  const folder = folderOf({
    'inv/hosts.yml':
      'leafs: {hosts: {leaf1: {e: host line}}, vars: {a: source, b: source, c: source, d: source, e: source}}',
    'inv/group_vars/all.yml': 'a: all\nb: all\n',
    'inv/group_vars/leafs/10-first.yml': 'b: leafs\nc: first\n',
    'inv/group_vars/leafs/20-second.yml': 'c: second\n',
    'play/group_vars/leafs.yml': 'd: play\n',
    'play/host_vars/leaf1.yml': 'e: play host\n',
  })
  const inventory = await loadInventory(['inv/hosts.yml'], { folder, playbookFolder: 'play' })
  const { a, b, c, d, e } = inventory.hosts.get('leaf1')?.variables ?? {}
  // A group's own variables in the source rank below every group_vars file, those of all included.
  assert.equal([a, b, c, d, e], ['all', 'leafs', 'second', 'play', 'play host'])
})

test('ansible_group_priority orders groups of the same depth', async () => {
  const folder = folderOf({
    'h.yml': 'a: {hosts: {x: }, vars: {v: a, ansible_group_priority: 5}}\nb: {hosts: {x: }, vars: {v: b}}\n',
  })
  const inventory = await loadInventory(['h.yml'], { folder })
  assert.is(inventory.hosts.get('x')?.variables.v, 'a')
})

test('a list of hosts needs only a comma', async () => {
  const inventory = await loadInventory(['one,two,'], { folder: '/' })
  assert.equal([...inventory.hosts.keys()], ['one', 'two'])
})

test('mistakes say where they are', async () => {
  const refused = async (name: string, text: string) => {
    try {
      await loadInventory([name], { folder: folderOf({ [name]: text }) })
      return 'nothing'
    } catch (error) {
      return (error as Error).message.replace(/^.*\//, '')
    }
  }
  assert.match(await refused('h.yml', 'leafs:\n  host: {a: }\n'), /^h\.yml:2:3: the group leafs has "host"/)
  assert.match(await refused('h.yml', 'leafs:\n  hosts: [a]\n'), /^h\.yml:2:3: "hosts" must be a mapping, not a list/)
  assert.match(
    await refused('hosts', '[a:children]\nb\n[b:children]\na\n'),
    /^hosts:4:1: the group a cannot be a child of b/,
  )
  assert.match(await refused('hosts', '[a]\nx[5:1]\n'), /^hosts:2:1: the range \[5:1\] must not go down/)
  assert.match(await refused('hosts', '[a\nx\n'), /^hosts:1:1: the section \[a has no closing bracket/)
  assert.match(await refused('hosts', '#!/bin/sh\n'), 'is a script')
})

test('add_host and group_by make a new inventory and leave the old one', async () => {
  const before = await loadInventory(['a,'], { folder: '/' })
  const after = addToGroup(addHost(before, { name: 'b', groups: ['new'], variables: { v: 1 } }), 'a', 'made', [
    'parent',
  ])
  assert.equal([before.hosts.size, after.hosts.size], [1, 2])
  assert.equal(
    [after.groups.get('new'), after.groups.get('parent'), after.hosts.get('b')?.variables.v],
    [['b'], ['a'], 1],
  )
  assert.equal(after.hosts.get('a')?.groups, ['all', 'parent', 'made'])
})

test('localhost need not be in the inventory', async () => {
  const inventory = await loadInventory(['a,'], { folder: '/' })
  assert.is(hostOf(inventory, 'localhost')?.variables.ansible_connection, 'local')
  assert.is(hostOf(inventory, 'elsewhere'), undefined)
})

test.run()
