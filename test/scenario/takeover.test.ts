import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openLedger } from '../../src/journal/open.ts'
import { closeAll } from '../support/nxos.ts'
import { oneLeaf, play } from '../support/one-leaf.ts'
import { startWeft, weft } from '../support/weft.ts'

const test = suite('what a killed run left')
test.after(closeAll)

const LOOPBACK = play(`- name: Loopback
  nxos_config:
    parents: interface loopback7
    lines: [description planned, ip address 192.0.2.7/32]
`)
const OTHER = play('- nxos_config: {lines: [vlan 3002]}\n')
const FILES = {
  'site.yml': LOOPBACK,
  'other.yml': OTHER,
  'quiet.yml': play('- nxos_command: {commands: [show version]}\n'),
  'less.yml': play('- nxos_config: {parents: interface loopback7, lines: [no description]}\n'),
}

/** A switch on which a run was killed once all of its lines were there, and before it had saved. */
async function killed() {
  const leaf = await oneLeaf()
  const folder = leaf.folder(FILES)
  const run = startWeft(['run', 'site.yml', '--reason', 'CHG-1'], { folder })
  const end = leaf.lab.onChange(() => {
    if (leaf.lab.runningText().includes('192.0.2.7')) run.signal('SIGKILL')
  })
  await run.ended
  end()
  const [left] = await read(folder, ledger => ledger.unfinished())
  assert.ok(left, 'the ledger knows of it')
  assert.equal(leaf.lab.checkpoints(), [left.net])
  assert.not.match(leaf.lab.startupText(), /loopback7/)
  return { ...leaf, dir: folder, left, run: (...words: string[]) => weft(words, { folder }) }
}

async function read<T>(
  folder: string,
  what: (ledger: Awaited<ReturnType<typeof openLedger>>) => Promise<T>,
): Promise<T> {
  const ledger = await openLedger({ file: join(folder, '.weft/ledger.db'), mode: 'read' })
  try {
    return await what(ledger)
  } finally {
    await ledger.close()
  }
}

test('a plan says what is left and what a run would do with it, and does nothing of it', async () => {
  const { lab, dir, left, run } = await killed()
  const typed = lab.typed.length
  const { code, out } = await run('plan', 'site.yml')
  assert.is(code, 0, out)
  assert.match(out, `leaf-a: run ${left.run} of `)
  assert.match(out, 'was broken off here: of the change that it had begun 1 is there.')
  assert.match(out, `A run finishes it: the configuration is saved and its checkpoint ${left.net} is removed.`)
  assert.ok(
    lab.typed.slice(typed).every(line => /^(show |terminal |exit|end)/.test(line)),
    lab.typed.slice(typed).join('\n'),
  )
  assert.equal(lab.checkpoints(), [left.net])
  assert.equal(await read(dir, async ledger => (await ledger.unfinished()).length), 1)
  assert.is((await read(dir, ledger => ledger.intents(left.run)))[0]?.state, 'open')
})

test('the next run saves it, removes the checkpoint, and the ledger knows what became of it and whose it is', async () => {
  const { lab, dir, left, run } = await killed()
  const { code, out } = await run('run', 'quiet.yml')
  assert.is(code, 0, out)
  assert.match(out, `This run finishes it: the configuration is saved and its checkpoint ${left.net} is removed.`)
  assert.match(lab.startupText(), /192\.0\.2\.7/)
  assert.equal(lab.checkpoints(), [])
  assert.equal(await read(dir, ledger => ledger.unfinished()), [])
  assert.is((await read(dir, ledger => ledger.intents(left.run)))[0]?.state, 'applied')
  const owners = await read(dir, ledger => ledger.owners())
  assert.ok(owners.some(({ run, resource }) => run === left.run && /loopback7/.test(resource)))
  assert.not.match((await run('run', 'quiet.yml')).out, 'was broken off')
})

test('what is there in part stays, with the way back, until a run has made it whole', async () => {
  const { lab, left, run } = await killed()
  assert.is((await run('run', 'less.yml', '--ledger', 'another.db')).code, 0)
  const told = await run('run', 'other.yml')
  assert.is(told.code, 0, told.out)
  assert.match(told.out, /1 is there in part \(Loopback: \d of \d\)/)
  assert.match(told.out, `is still not whole`)
  assert.match(told.out, `rollback running-config checkpoint ${left.net}`)
  assert.equal(lab.checkpoints(), [left.net])
  const mended = await run('run', 'site.yml')
  assert.is(mended.code, 0, mended.out)
  assert.equal(lab.checkpoints(), [])
  assert.match(lab.startupText(), /description planned/)
  assert.not.match((await run('plan', 'site.yml')).out, left.run)
})

test('a checkpoint that somebody has removed by hand settles it', async () => {
  const { lab, dir, left, run } = await killed()
  assert.is((await run('run', 'less.yml', '--ledger', 'another.db')).code, 0)
  const removal = play(`- nxos_command: {commands: ['no checkpoint ${left.net}']}\n`)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(dir, 'remove.yml'), removal)
  assert.is((await run('run', 'remove.yml', '--ledger', 'another.db')).code, 0)
  assert.equal(lab.checkpoints(), [])
  assert.is((await run('run', 'quiet.yml')).code, 0)
  assert.equal(await read(dir, ledger => ledger.unfinished()), [])
})

test.run()
