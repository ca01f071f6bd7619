import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { copy } from '../../../src/modules/machine/copy.ts'
import { stat } from '../../../src/modules/machine/stat.ts'
import { template } from '../../../src/modules/machine/template.ts'
import { waitFor } from '../../../src/modules/machine/wait-for.ts'
import { act } from '../act.ts'
import { keep } from '../keep.ts'

const test = suite('modules/copy')
const folder = mkdtempSync(join(tmpdir(), 'weft-copy-'))
const dest = join(folder, 'conf')

test('content is written once, with its mode', async () => {
  const args = { content: 'abc\n', dest, mode: '0640' }
  assert.is((await keep(copy, args)).changed, true)
  assert.is((await keep(copy, args)).changed, false)
  assert.is(statSync(dest).mode & 0o777, 0o640)
  assert.is((await keep(copy, { ...args, mode: 'u=rw,g=,o=' })).changed, true)
  assert.is(statSync(dest).mode & 0o777, 0o600)
})

test('a plan shows the diff and leaves the file', async () => {
  const result = await keep(copy, { content: 'new\n', dest }, { check: true })
  assert.is(result.changed, true)
  assert.equal(result.diff, [{ before: 'abc\n', after: 'new\n', header: dest }])
  assert.is(readFileSync(dest, 'utf8'), 'abc\n')
})

test('a plan makes no folder either', async () => {
  const inside = `${join(folder, 'made')}/`
  const source = join(folder, 'source')
  writeFileSync(source, 'abc\n')
  const args = { src: source, dest: inside, remote_src: true }
  assert.is((await keep(copy, args, { check: true })).changed, true)
  assert.not.ok(existsSync(inside))
  assert.is((await keep(copy, args)).changed, true)
  assert.is(readFileSync(join(inside, 'source'), 'utf8'), 'abc\n')
})

test('a folder is copied with what is in it, or only what is in it', async () => {
  const source = join(folder, 'tree')
  mkdirSync(join(source, 'below'), { recursive: true })
  writeFileSync(join(source, 'a'), 'a\n')
  writeFileSync(join(source, 'below', 'b'), 'b\n')
  const args = { src: source, dest: join(folder, 'copied'), remote_src: true }
  const plan = await keep(copy, args, { check: true })
  assert.is(plan.diff?.length, 2)
  assert.not.ok(existsSync(join(folder, 'copied')))
  assert.is((await keep(copy, args)).changed, true)
  assert.is(readFileSync(join(folder, 'copied', 'tree', 'below', 'b'), 'utf8'), 'b\n')
  assert.is((await keep(copy, args)).changed, false)
  await keep(copy, { ...args, src: `${source}/` })
  assert.is(readFileSync(join(folder, 'copied', 'below', 'b'), 'utf8'), 'b\n')
})

test('content that validate refuses is not put in its place', async () => {
  const checked = join(folder, 'checked')
  const validate = '/bin/grep -q good %s'
  assert.is((await keep(copy, { content: 'good', dest: checked, validate })).changed, true)
  const { failure } = await keep(copy, { content: 'bad', dest: checked, validate })
  assert.match(failure?.message ?? '', 'failed to validate')
  assert.is(readFileSync(checked, 'utf8'), 'good')
})

test('stat knows other checksums', async () => {
  const { values = {} } = await act(stat, { path: dest, checksum_algorithm: 'sha256' })
  assert.is((values.stat as { checksum: string }).checksum.length, 64)
})

test('wait_for gives what its pattern matched', async () => {
  const { values } = await act(waitFor, { path: dest, search_regex: '(?<first>a)(b)', timeout: 1 })
  assert.equal(values?.match_groups, ['a', 'b'])
  assert.equal(values?.match_groupdict, { first: 'a' })
})

test('force false leaves what is there', async () => {
  assert.is((await keep(copy, { content: 'zzz', dest, force: 'no' })).changed, false)
  assert.is(readFileSync(dest, 'utf8'), 'abc\n')
})

test('a mapping becomes JSON', async () => {
  const json = join(folder, 'json')
  await keep(copy, { content: { k: [1, 2] }, dest: json })
  assert.equal(JSON.parse(readFileSync(json, 'utf8')), { k: [1, 2] })
})

test('a template is found below templates, and goes into a folder by its name', async () => {
  mkdirSync(join(folder, 'templates'))
  writeFileSync(join(folder, 'templates/ports.j2'), '{% for port in ports %}\nport {{ port }}\n{% endfor %}\n')
  const result = await keep(
    template,
    { src: 'ports.j2', dest: `${folder}/out/` },
    { folder, variables: { ports: [1, 2] } },
  )
  assert.is(readFileSync(join(folder, 'out/ports'), 'utf8'), 'port 1\nport 2\n')
  assert.is(result.values?.dest, join(folder, 'out/ports'))
})

test('stat tells what a file is, and that one is absent', async () => {
  const { values } = await act(stat, { path: dest })
  const found = values?.stat as Record<string, unknown>
  assert.is(found.size, 4)
  assert.is(found.mode, '0600')
  assert.is(found.checksum, '03cfd743661f07975fa2f1220c5194cbaff48451')
  assert.equal((await act(stat, { path: join(folder, 'none') })).values, { stat: { exists: false } })
})

test.run()
