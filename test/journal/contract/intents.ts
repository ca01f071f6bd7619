import * as assert from 'uvu/assert'
import type { Ledger } from '../../../src/journal/ledger.ts'
import { failureOf } from '../../support/failure.ts'
import { intentOf, ownerOf, startOf, time } from '../records.ts'
import { isDefect, type On } from './bench.ts'

export function intents(on: On): void {
  on('an intent is open until its outcome is known, and keeps its place', async (ledger, clock) => {
    await ledger.begin(startOf('one'))
    await ledger.intend([intentOf('one', 'b'), intentOf('one', 'a')])
    clock.pass(1)
    await ledger.intend([intentOf('one', 'c')])
    const open = await ledger.intents('one')
    assert.equal(
      open.map(({ id, number, state, ended }) => ({ id, number, state, ended })),
      ['b', 'a', 'c'].map((id, number) => ({ id, number, state: 'open', ended: null })),
    )
    clock.pass(1)
    const failure = { code: 'rejected', message: 'the switch refused a line' } as const
    await ledger.conclude('one', [
      { id: 'a', state: 'failed', failure },
      { id: 'b', state: 'applied' },
    ])
    const [b, a, c] = await ledger.intents('one')
    assert.equal(b, { ...intentOf('one', 'b'), number: 0, state: 'applied', time, ended: '2026-11-20T20:00:02.000Z' })
    assert.equal([a?.state, a?.failure, c?.state], ['failed', failure, 'open'])
    const counts = (await ledger.run('one'))?.intents
    assert.equal(counts, { open: 1, applied: 1, failed: 1, undone: 0, unknown: 0, unsent: 0, shut: 0 })
  })

  on('a later outcome replaces an earlier one, with its failure', async ledger => {
    await ledger.begin(startOf('one'))
    await ledger.intend([intentOf('one', 'a')])
    await ledger.conclude('one', [{ id: 'a', state: 'unknown', failure: { code: 'timeout', message: 'silence' } }])
    await ledger.conclude('one', [{ id: 'a', state: 'undone' }])
    const [intent] = await ledger.intents('one')
    assert.is(intent?.state, 'undone')
    assert.not.ok(intent && 'failure' in intent)
  })

  on('a call that is refused keeps nothing of itself', async ledger => {
    await ledger.begin(startOf('one'))
    isDefect(await failureOf(ledger.intend([intentOf('one', 'a'), intentOf('two', 'b')])))
    isDefect(await failureOf(ledger.intend([intentOf('one', 'a'), intentOf('one', 'a')])))
    assert.equal(await ledger.intents('one'), [])
    await ledger.intend([intentOf('one', 'a')])
    isDefect(await failureOf(ledger.intend([intentOf('one', 'b'), intentOf('one', 'a')])))
    const outcomes = [{ id: 'a', state: 'applied' } as const, { id: 'nobody', state: 'applied' } as const]
    isDefect(await failureOf(ledger.conclude('one', outcomes, [ownerOf('r')])))
    assert.equal(
      (await ledger.intents('one')).map(intent => intent.state),
      ['open'],
    )
    assert.equal(await ledger.owners(), [])
  })
}

export function owners(on: On): void {
  on('what an intent left is owned with its outcome, by the last that applied it', async ledger => {
    await ledger.begin(startOf('one'))
    await ledger.intend([intentOf('one', 'a'), intentOf('one', 'b')])
    await ledger.conclude('one', [{ id: 'a', state: 'applied' }], [ownerOf('r2'), ownerOf('r1', { value: null })])
    assert.equal(await ledger.owners(), [ownerOf('r1', { value: null }), ownerOf('r2')])
    const later = ownerOf('r2', { run: 'two', time: '2026-11-21T20:00:00.000Z' })
    await ledger.conclude('one', [{ id: 'b', state: 'applied' }], [later])
    assert.equal(await ledger.owners({ resource: 'r2' }), [later])
  })

  on('what is found as wanted keeps the run that made it so, unless another task wants it now', async ledger => {
    await ledger.own([ownerOf('r')])
    await ledger.own([ownerOf('r', { run: 'two' })])
    assert.equal(await ledger.owners(), [ownerOf('r')])
    for (const change of [{ task: 'other' }, { playbook: 'other.yml' }, { value: ['other'] }]) {
      await ledger.own([ownerOf('r', { run: 'three', ...change })])
      assert.equal(await ledger.owners(), [ownerOf('r', { run: 'three', ...change })])
      await ledger.disown([ownerOf('r')])
      await ledger.own([ownerOf('r')])
    }
  })

  on('owners are found by target and by resource, and are gone when nobody has them', async ledger => {
    await ledger.own([ownerOf('r', { target: 'b' }), ownerOf('r', { target: 'a' }), ownerOf('q', { target: 'b' })])
    const named = async (query: Parameters<Ledger['owners']>[0]) =>
      (await ledger.owners(query)).map(owner => `${owner.target}/${owner.resource}`)
    assert.equal(await named({}), ['a/r', 'b/q', 'b/r'])
    assert.equal(await named({ target: 'b' }), ['b/q', 'b/r'])
    assert.equal(await named({ resource: 'r' }), ['a/r', 'b/r'])
    await ledger.disown([
      { target: 'b', resource: 'r' },
      { target: 'b', resource: 'nothing' },
    ])
    assert.equal(await named({}), ['a/r', 'b/q'])
  })
}
