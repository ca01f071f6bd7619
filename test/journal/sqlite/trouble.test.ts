import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openLedger } from '../../../src/journal/open.ts'
import { sqliteLedger } from '../../../src/journal/sqlite/ledger.ts'
import { openSqlite } from '../../../src/journal/sqlite/open.ts'
import { createStore } from '../../../src/journal/sqlite/store.ts'
import { failureOf } from '../../support/failure.ts'
import { folderOf } from '../../support/folder.ts'
import { intentOf, startOf, warningOf } from '../records.ts'

const test = suite('journal/sqlite, in trouble')
const clock = () => new Date()
const fileIn = (folder = folderOf({})) => join(folder, '.weft/ledger.db')

/** A ledger with a run in it, closed. */
async function filled(): Promise<string> {
  const file = fileIn()
  const ledger = await openLedger({ file, mode: 'run' })
  await ledger.begin(startOf('one'))
  for (let at = 0; at < 300; at += 1)
    ledger.record('one', warningOf(`a longer text that fills pages ${at} ${Math.random()}`))
  for (let at = 0; at < 60; at += 1) await ledger.intend([intentOf('one', String(at), { title: 'x'.repeat(500) })])
  await ledger.close()
  return file
}

/** Another process that does this with the `ledger`, and what it printed. */
async function elsewhere(file: string, work: string): Promise<string> {
  const { href } = new URL('../../../src/journal/', import.meta.url)
  const script = `
    import { openLedger } from '${href}open.ts'
    import { thisProcess } from '${href}process.ts'
    const ledger = await openLedger({ file: ${JSON.stringify(file)}, mode: 'run' })
    ${work}
    await ledger.close()`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { timeout: 30_000 })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (said += text))
  const [code] = await once(child, 'close')
  assert.is(code, 0, said)
  return said.trim()
}

test('of several processes that want a target at one moment one gets it, and all hear who', async () => {
  const file = fileIn()
  const asking = (run: string) =>
    elsewhere(
      file,
      `const wish = { target: 'nxos:1', run: '${run}', who: 'a@b', process: thisProcess(), seconds: 60 }
       const answer = await ledger.lease(wish)
       console.log('held' in answer ? 'got ' + answer.held.run : answer.by.run)
       // The process must live, or its lease is free.
       await new Promise(resolve => setTimeout(resolve, 1500))`,
    )
  const answers = await Promise.all(['a', 'b', 'c'].map(asking))
  const winners = answers.filter(answer => answer.startsWith('got '))
  assert.is(winners.length, 1, answers.join())
  const winner = winners[0]?.slice(4)
  assert.ok(
    answers.every(answer => answer === `got ${winner}` || answer === winner),
    answers.join(),
  )
})

test('what several processes write at one time is all there', async () => {
  const file = fileIn()
  const writing = (run: string) =>
    elsewhere(
      file,
      `const start = { id: '${run}', time: new Date().toISOString(), mode: 'run', playbooks: [], version: '1', who: 'a@b', commit: null, process: thisProcess() }
       await ledger.begin(start)
       for (let at = 0; at < 40; at += 1) {
         const id = String(at)
         await ledger.intend([{ run: '${run}', id, task: 't', host: 'h', kind: 'nxos', target: 'x', title: 'x', differences: [], commands: [] }])
         await ledger.conclude('${run}', [{ id, state: 'applied' }])
       }`,
    )
  await Promise.all(['a', 'b', 'c'].map(writing))
  const ledger = await openLedger({ file, mode: 'read' })
  for (const run of await ledger.runs()) assert.is(run.intents.applied, 40, run.id)
  assert.is((await ledger.runs()).length, 3)
  await ledger.close()
})

test('a process that writes for too long is waited for, and then named with the file', async () => {
  const file = await filled()
  const other = new DatabaseSync(file)
  const ledger = await openSqlite({ file, mode: 'run', clock, patience: 200 })
  other.exec('BEGIN IMMEDIATE')
  const failure = await failureOf(ledger.begin(startOf('two')))
  assert.is(failure?.code, 'busy')
  assert.match(failure?.message ?? '', file)
  assert.match(failure?.remedy ?? '', /^Wait until it has ended/)
  other.exec('ROLLBACK')
  await ledger.begin(startOf('two'))
  await ledger.close()
  other.close()
})

test('a full disk is said, with the file and what to do, and nothing of the call is kept', async () => {
  const file = await filled()
  const database = new DatabaseSync(file)
  const ledger = sqliteLedger(createStore(database, { file, mode: 'run', clock }))
  database.exec(`PRAGMA max_page_count = ${database.prepare('PRAGMA page_count').get()?.page_count}`)
  const failure = await failureOf(ledger.intend([intentOf('one', 'large', { title: 'x'.repeat(200_000) })]))
  assert.is(failure?.code, 'failed')
  assert.match(failure?.message ?? '', `${file} cannot be written: the disk is full`)
  assert.match(failure?.remedy ?? '', 'Make room')
  assert.not((await ledger.intents('one')).some(({ id }) => id === 'large'))
  await ledger.close()
})

test('a place where no ledger can be is said, with what stands there', async () => {
  const folder = folderOf({ plain: '' })
  for (const mode of ['plan', 'run'] as const) {
    const failure = await failureOf(openLedger({ file: join(folder, 'plain/ledger.db'), mode }))
    assert.match(failure.message, `${join(folder, 'plain')} is no folder`)
    assert.match(failure.remedy ?? '', '--ledger FILE')
  }
})

test('what is no ledger is left as it is, and said with the file', async () => {
  const folder = folderOf({ 'text.db': 'These are notes, and nobody wants to lose them.\n'.repeat(50) })
  const file = join(folder, 'text.db')
  const before = readFileSync(file, 'utf8')
  for (const mode of ['read', 'plan', 'run'] as const) {
    const failure = await failureOf(openLedger({ file, mode }))
    assert.match(
      failure?.message ?? '',
      `${file} cannot be ${mode === 'read' ? 'read' : 'written'}: it is damaged, or no ledger`,
    )
    assert.match(failure?.remedy ?? '', 'Move it away')
  }
  assert.is(readFileSync(file, 'utf8'), before)
})

test('a damaged file ends in a failure that names it, never in wrong answers', async () => {
  const file = await filled()
  const { size } = statSync(file)
  const open = openSync(file, 'r+')
  // Every page but the first.
  for (let at = 4096; at < size; at += 4096)
    writeSync(open, Buffer.alloc(Math.min(2048, size - at), 0xa5), 0, undefined, at)
  closeSync(open)
  const failure = await failureOf(
    (async () => {
      const ledger = await openLedger({ file, mode: 'read' })
      try {
        await ledger.runs()
        await ledger.intents('one')
        await ledger.events('one')
      } finally {
        await ledger.close()
      }
    })(),
  )
  assert.is(failure?.code, 'failed')
  assert.match(failure?.message ?? '', file)
  assert.match(failure?.message ?? '', 'damaged')
})

test('a database of another program is not touched', async () => {
  const file = join(folderOf({}), 'other.db')
  const other = new DatabaseSync(file)
  other.exec('CREATE TABLE notes (text TEXT)')
  other.close()
  const before = readFileSync(file)
  const failure = await failureOf(openLedger({ file, mode: 'run' }))
  assert.is(failure?.code, 'invalid')
  assert.match(failure?.message ?? '', `${file} is the database of another program`)
  assert.equal(readFileSync(file), before)
})

test.run()
