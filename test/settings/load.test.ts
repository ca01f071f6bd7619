import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadSettings } from '../../src/settings/load.ts'
import { repositoryOf } from '../../src/settings/repository.ts'
import { failureOf } from '../support/failure.ts'

const top = () => mkdtempSync(join(tmpdir(), 'weft-settings-'))
const put = (file: string, text: string, mode = 0o600) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}
const from = (file: string, repositories: string[] = []) =>
  loadSettings({ environment: { WEFT_CONFIG: file }, repositories })

test('without a file nothing is allowed; with one, what it says', async () => {
  const home = top()
  assert.equal(
    (await loadSettings({ environment: { XDG_CONFIG_HOME: join(home, 'none') }, repositories: [] })).allow_in_plan,
    [],
  )
  put(join(home, '.config/weft/weft.yml'), 'allow_in_plan: [pipe]\n')
  assert.equal((await loadSettings({ environment: { HOME: home }, repositories: [] })).allow_in_plan, ['pipe'])
})

test('roots are folders written from / on', async () => {
  const file = put(join(top(), 'weft.yml'), 'roots: [/usr/share/estate]\n')
  assert.equal((await from(file)).roots, ['/usr/share/estate'])
  const failure = await failureOf(from(put(join(top(), 'weft.yml'), 'roots: [../estate]\n')))
  assert.match(failure.message, /weft\.yml:1:\d+: a folder of roots is written from \/ on/)
})

test('a file of the repository is refused, also behind a link', async () => {
  const [repository, outside] = [top(), top()]
  const inside = put(join(repository, 'weft.yml'), 'allow_in_plan: [pipe]\n')
  symlinkSync(inside, join(outside, 'weft.yml'))
  for (const file of [inside, join(outside, 'weft.yml')]) {
    const failure = await failureOf(from(file, [repository]))
    assert.is(failure.code, 'unsafe')
    assert.match(failure.message, "the repository's")
  }
})

test('a file that others can write to is refused', async () => {
  const failure = await failureOf(from(put(join(top(), 'weft.yml'), '', 0o666)))
  assert.match(failure.message, 'written to by others')
})

test('a mistake is told with its place, and a file that WEFT_CONFIG names must be there', async () => {
  const file = put(join(top(), 'weft.yml'), '# mine\nallow_in_plan: [pipe, all]\n')
  const failure = await failureOf(from(file))
  assert.is(failure.code, 'invalid')
  assert.match(failure.message, `${file}:2:`)
  assert.is((await failureOf(from(join(top(), 'none')))).code, 'invalid')
})

test('the repository of a playbook is where its .git is', () => {
  const repository = top()
  mkdirSync(join(repository, '.git'))
  assert.is(repositoryOf(join(repository, 'plays/deep/site.yml')), repository)
})

test.run()
