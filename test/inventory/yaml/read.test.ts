import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseYaml, readYamlFile } from '../../../src/inventory/yaml/read.ts'
import { FailureError } from '../../../src/model/failure.ts'
import { positionOf } from '../../../src/model/position.ts'
import { folderOf } from '../../support/folder.ts'

const value = (text: string) => parseYaml(text, 'x.yml')[0]?.value
const failure = (text: string) => {
  try {
    parseYaml(text, 'x.yml')
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('nothing was thrown')
}

test('words and numbers mean what they mean to Ansible', () => {
  assert.equal(value('[yes, No, on, OFF, y, "yes", ~, null]'), [true, false, true, false, 'y', 'yes', null, null])
  assert.equal(value('[0644, 0o644, 0x1F, 0b101, 1_000, 1:30, 12:30:45, "007"]'), [
    420,
    '0o644',
    31,
    5,
    1000,
    90,
    45045,
    '007',
  ])
  assert.equal(value('[1e3, 1.0e+3, .5, 1.10, 00:1c:73:00:00:01, 2024-01-02]'), [
    '1e3',
    1000,
    0.5,
    1.1,
    '00:1c:73:00:00:01',
    '2024-01-02',
  ])
})

test('a number too large for exactness stays text', () => {
  assert.is(value('12345678901234567890'), '12345678901234567890')
})

test('every part has its place', () => {
  const [document] = parseYaml('- name: a\n  lines:\n    - one\n    - two\n', 'x.yml')
  const at = (path: (string | number)[]) => positionOf(document?.source ?? { file: '', places: new Map() }, path)
  assert.equal(at([0, 'lines', 1]), { file: 'x.yml', line: 4, column: 7 })
  assert.equal(at([0, 'lines']), { file: 'x.yml', line: 2, column: 3 })
  assert.equal(at([0, 'lines', 9, 'deeper']), { file: 'x.yml', line: 2, column: 3 })
})

test('a merge key fills in what the mapping does not say itself', () => {
  assert.equal(value('base: &b {a: 1, b: 2}\nown: {<<: *b, b: 3}\n'), { base: { a: 1, b: 2 }, own: { a: 1, b: 3 } })
})

test('a key given twice is refused with both places', () => {
  const { message, at } = failure('a: 1\nb: 2\na: 3\n')
  assert.match(message, 'x.yml:3:1: the key a is given twice (first at 1:1)')
  assert.equal(at, { file: 'x.yml', line: 3, column: 1 })
})

test('a tab, an open quote and unquoted braces each get their own remedy', () => {
  assert.match(failure('a:\n\t- b\n').message, 'a tab is used for indentation')
  assert.match(failure('a: "b\nc: d\n').message, /^x\.yml:\d+:\d+: this is not valid YAML/)
  assert.match(failure('a: {{ b }}\n').remedy ?? '', 'must be quoted')
})

test('a bomb of aliases is refused before it fills the memory', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`,
  )
  assert.match(failure(`l0: &l0 [x]\n${levels.join('\n')}\n`).message, 'its aliases expand to too many values')
})

test('a huge file and a binary one are refused before they are parsed', () => {
  const folder = folderOf({ 'big.yml': `a: ${'x'.repeat(21 * 1024 * 1024)}`, 'binary.yml': 'a\0b' })
  assert.throws(() => readYamlFile(`${folder}/big.yml`), /21 MB; weft reads YAML and templates up to 20 MB/)
  assert.throws(() => readYamlFile(`${folder}/binary.yml`), /is a binary file/)
  assert.throws(() => readYamlFile(`${folder}/none.yml`), /does not exist/)
})

test('a vault value says what weft lacks, an unknown tag says what is known', () => {
  assert.match(failure('a: !vault |\n  $ANSIBLE_VAULT;1.1\n').message, 'encrypted with ansible-vault')
  assert.match(failure('a: !python x\n').message, 'the tag !python is not known')
})

test('__proto__ is a key like any other', () => {
  const parsed = value('__proto__: {polluted: 1}\na: 2\n') as object
  assert.equal(Object.keys(parsed), ['__proto__', 'a'])
  assert.is(({} as { polluted?: number }).polluted, undefined)
})

test.run()
