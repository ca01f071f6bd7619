import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadInventory } from '../../src/inventory/load.ts'
import { expandRange } from '../../src/inventory/range.ts'
import { folderOf } from '../support/folder.ts'

test('a product of ranges is refused before it fills the memory', () => {
  assert.throws(() => expandRange('leaf[1:60000]-[1:60000]'), /more than 65536 hosts/)
  assert.throws(() => expandRange('[0:9]'.repeat(40)), /more than 65536 hosts/)
  assert.is(expandRange('r[1:10]-[a:z]').length, 260)
})

test('a name of many brackets is read in no time, and a port behind it is one', async () => {
  const hosts = [`x${'[]'.repeat(40)}`, `y${'[]'.repeat(40)}:x`, 'leaf-[1:2]:2222', '2001:db8::1', 'spine:22'].join(
    '\n',
  )
  const folder = folderOf({ 'hosts.ini': `${hosts}\n` })
  const started = performance.now()
  const inventory = await loadInventory(['hosts.ini'], { folder })
  assert.ok(performance.now() - started < 2000)
  assert.is(inventory.hosts.get('leaf-2')?.variables.ansible_port, 2222)
  assert.is(inventory.hosts.get('spine')?.variables.ansible_port, 22)
  assert.is(inventory.hosts.get('2001:db8::1')?.variables.ansible_port, undefined)
})

test.run()
