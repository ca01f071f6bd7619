import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseYaml } from '../../src/inventory/yaml/read.ts'

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const strict = new Ajv2020({ allErrors: true, strictTypes: false })
const playbook = strict.compile(read('schema/playbook.json'))
const inventory = strict.compile(read('schema/inventory.json'))

const contentOf = (file: string) => parseYaml(readFileSync(file, 'utf8'), file)[0]?.value
const yamlBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yml'))
    .map(file => join(folder, file))

test('every playbook and every task file of the repository fits the schema of playbooks', () => {
  const files = ['playbooks', 'tasks'].flatMap(yamlBelow)
  assert.ok(files.length > 15)
  for (const file of files) {
    assert.ok(playbook(contentOf(file)), `${file}: ${JSON.stringify(playbook.errors?.slice(0, 3))}`)
  }
})

test('the demo inventory fits the schema of inventories', () => {
  assert.ok(inventory(contentOf('inventory/hosts.yml')), JSON.stringify(inventory.errors))
})

test('a misspelt keyword, an unknown argument, a wrong type and a missing argument do not fit', () => {
  const broken = {
    'a misspelt keyword': [{ hosts: 'all', tasks: [{ debug: { msg: 'x' }, regster: 'y' }] }],
    'an unknown argument': [{ hosts: 'all', tasks: [{ nxos_config: { linse: ['x'] } }] }],
    'an unknown choice': [{ hosts: 'all', tasks: [{ nxos_config: { lines: ['x'], match: 'lines' } }] }],
    'a missing argument': [{ name: 'x', k8s_info: {} }],
    'a misspelt keyword of a play': [{ hosts: 'all', task: [] }],
  }
  for (const [what, content] of Object.entries(broken)) assert.not(playbook(content), what)
  assert.ok(playbook([{ hosts: 'all', tasks: [{ debug: { msg: 'x' }, register: 'y' }] }]), 'the same, spelt well')
  assert.not(inventory({ all: { host: {} } }), 'host for hosts')
})

test('a template may stand for any argument, and old spellings of Ansible fit', () => {
  const tasks = [
    { nxos_config: { lines: '{{ lines }}', match: '{{ how }}', save_when: 'modified' } },
    { 'cisco.nxos.nxos_config': { lines: ['x'] }, with_items: [1, 2], when: ['a', 'b'] },
    { command: 'true', changed_when: false },
    { 'ansible.builtin.shell': 'true', args: { chdir: '/' } },
    { import_tasks: 'x.yml', vars: { a: 1 } },
    { block: [{ meta: 'flush_handlers' }], rescue: [], always: null },
  ]
  assert.ok(playbook(tasks), JSON.stringify(playbook.errors?.slice(0, 3)))
})

test('the line that tells an editor the schema leads to it from the file that it stands in', () => {
  const files = [...['playbooks', 'tasks', 'inventory'].flatMap(yamlBelow)]
  const named = files.flatMap(file => {
    const said = /^# yaml-language-server: \$schema=(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
    return said === undefined ? [] : [{ file, schema: relative('.', resolve(dirname(file), said)) }]
  })
  for (const { file, schema } of named) {
    assert.ok(existsSync(schema), `${file}: ${schema}`)
    assert.is(schema, file.startsWith('inventory') ? 'schema/inventory.json' : 'schema/playbook.json', file)
  }
  const missing = [...['playbooks', 'tasks'].flatMap(yamlBelow), 'inventory/hosts.yml'].filter(
    file => !named.some(each => each.file === file),
  )
  assert.equal(missing, [])
})

test.run()
