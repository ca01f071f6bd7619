import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { askScript } from '../../../src/inventory/script/ask.ts'
import type { StartScript } from '../../../src/inventory/script/scripts.ts'
import { failureOf } from '../../support/failure.ts'

/** A script as a function of its words: what it prints, or how it ends. */
const script =
  (answer: (words: readonly string[]) => object | string, calls: string[] = []): StartScript =>
  async ([, ...words]) => {
    calls.push(words.join(' '))
    const said = answer(words)
    return { rc: 0, stdout: typeof said === 'string' ? said : JSON.stringify(said), stderr: '' }
  }

test('with _meta one call is enough; hosts that are in no group are left out, as Ansible does', async () => {
  const calls: string[] = []
  const told = await askScript(
    '/e',
    script(() => ({ leafs: ['a', 'b'], _meta: { hostvars: { a: { rank: 1 }, stray: { rank: 2 } } } }), calls),
  )
  assert.equal(calls, ['--list'])
  assert.equal(
    [...told.hosts].map(([name, { values }]) => [name, values]),
    [
      ['a', { rank: 1 }],
      ['b', {}],
    ],
  )
})

test('without _meta each host is asked once, a few at a time, and keeps its place', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `h${at}`)
  let running = 0
  let most = 0
  const told = await askScript('/e', async ([, word, name]) => {
    if (word === '--list') return { rc: 0, stdout: JSON.stringify({ a: names, b: names }), stderr: '' }
    most = Math.max(most, ++running)
    await new Promise(resolve => setTimeout(resolve, name === 'h0' ? 20 : 1))
    running--
    return { rc: 0, stdout: name === 'h1' ? '\n' : JSON.stringify({ name: name as string }), stderr: '' }
  })
  assert.equal([...told.hosts.keys()], names)
  assert.equal([told.hosts.get('h0')?.values, told.hosts.get('h1')?.values], [{ name: 'h0' }, {}])
  assert.ok(most > 1 && most <= 8, `${most} at a time`)
})

test('the first host that cannot be asked ends the others', async () => {
  let asked = 0
  const failure = await failureOf(
    askScript('/e', async ([, word], { signal }) => {
      if (word === '--list') return { rc: 0, stdout: JSON.stringify({ a: [...'abcdefghijklmnop'] }), stderr: '' }
      if (asked++ === 0) return { rc: 3, stdout: '', stderr: 'no such host\u001b[2J\n' }
      await new Promise(resolve => signal?.addEventListener('abort', resolve))
      throw new Error('ended')
    }),
  )
  assert.is(failure.message, 'The inventory /e --host a ended with code 3.')
  assert.is(failure.device?.said, 'no such host\\x1b[2J')
  assert.is(asked, 8)
})

test('what is not JSON names the script and the place, and shows none of its output', async () => {
  const told = async (text: string) =>
    JSON.stringify(
      await failureOf(
        askScript(
          '/e',
          script(() => text),
        ),
      ),
    )
  assert.match(await told('{"a": Canary-Secret}'), '/e --list printed what is not JSON')
  assert.not.match(await told('{"a": Canary-Secret}'), 'Canary')
  assert.match(await told('["a"]'), 'JSON that is not a mapping')
  assert.match(await told(''), 'not JSON')
  assert.match(await told('{"_meta": {"hostvars": []}}'), '_meta.hostvars is not a mapping')
})

test('whole numbers that cannot be held exactly stay text', async () => {
  const { groups } = await askScript(
    '/e',
    script(() => '{"a": {"vars": {"big": 12345678901234567890, "n": 7, "f": 1.5}}, "_meta": {"hostvars": {}}}'),
  )
  assert.equal(groups[0]?.variables, { big: '12345678901234567890', n: 7, f: 1.5 })
})

test.run()
