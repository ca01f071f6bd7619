import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import type { Failure } from '../../../src/model/failure.ts'
import type { Outcome } from '../../../src/model/intent.ts'
import { contentOf, type FileState, type MachineCommand, type ProcessEnd } from '../../../src/model/machine.ts'
import { here } from '../../support/here.ts'
import { startNode, type TestNode } from '../../support/node.ts'

const test = suite('device/linux')
const top = mkdtempSync(join(tmpdir(), 'weft-linux-'))
let node: TestNode
let both: [string, Device<'linux'>][] = []
let count = 0

test.before(async () => {
  node = await startNode()
  both = [
    ['here', await here()],
    ['over SSH', await node.open()],
  ]
})
test.after(() => node.close())

const fresh = () => {
  const folder = join(top, String(count++))
  mkdirSync(folder)
  return folder
}
const write = async (device: Device<'linux'>, ...commands: MachineCommand[]): Promise<Outcome> =>
  (await device.write([{ id: 'it', title: 'it', differences: [], commands }]))[0] as Outcome
const text = (content: string, mode: number | null = null): FileState => ({ content, mode })
const failureOf = (outcome: Outcome): Failure => {
  if ('failure' in outcome && outcome.failure) return outcome.failure
  throw new Error(`no failure: ${JSON.stringify(outcome)}`)
}
const modeAt = (path: string) => lstatSync(path).mode & 0o7777

test('a file of any name and any bytes is placed as it is, and read back', async () => {
  const name = fc
    .string({
      unit: fc.constantFrom('a', '-', ' ', "'", '"', '\n', '$', '`', '\\', '*', ';', 'ä', '%', '.'),
      minLength: 1,
      maxLength: 12,
    })
    .filter(each => each !== '.' && each !== '..')
  for (const [where, device] of both) {
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom(0o600, 0o644, 0o400, 0o755, 0o2750, 0),
        async (file, bytes, mode) => {
          const path = join(fresh(), file)
          const outcome = await write(device, { place: path, file: { ...contentOf(Buffer.from(bytes)), mode } })
          assert.equal(outcome, { state: 'applied' }, where)
          assert.is(modeAt(path), mode)
          assert.ok((await device.read.readFile(path))?.equals(Buffer.from(bytes)))
          assert.is((await device.read.stat(path))?.size, bytes.length)
          assert.equal(await device.read.list(join(path, '..')), [file])
        },
      ),
      { numRuns: 15 },
    )
  }
})

test('after a reconnection it answers again, and the way back is still known', async () => {
  for (const [where, device] of both) {
    const path = join(fresh(), 'it')
    assert.is(
      (await write(device, { place: path, file: text('new', 0o600) } as MachineCommand)).state,
      'applied',
      where,
    )
    await device.reconnect()
    assert.ok(device.pending(), where)
    assert.is(await device.revert(), null, where)
    assert.not.ok(existsSync(path), where)
  }
})

test('a large file with every byte arrives whole', async () => {
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 7) % 256))
  for (const [, device] of both) {
    const path = join(fresh(), 'large')
    assert.equal(await write(device, { place: path, file: { ...contentOf(bytes), mode: 0o600 } }), { state: 'applied' })
    assert.ok(readFileSync(path).equals(bytes))
  }
})

test('the rights of an old file stay, and those of a new one are what umask has', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    writeFileSync(join(folder, 'secret'), 'old', { mode: 0o600 })
    await write(device, { place: join(folder, 'secret'), file: text('new'), backup: join(folder, 'kept~') })
    await write(device, { place: join(folder, 'new'), file: text('new') })
    assert.is(modeAt(join(folder, 'secret')), 0o600, where)
    assert.is(modeAt(join(folder, 'kept~')), 0o600, where)
    assert.is(readFileSync(join(folder, 'kept~'), 'utf8'), 'old')
    assert.is(modeAt(join(folder, 'new')), 0o666 & ~process.umask(), where)
    assert.is(readdirSync(folder).length, 3)
  }
})

test('a link is replaced, never written through, and comes back with the way back', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    writeFileSync(join(folder, 'target'), 'untouched')
    symlinkSync('target', join(folder, 'link'))
    assert.equal(await write(device, { place: join(folder, 'link'), file: text('new') }), { state: 'applied' }, where)
    assert.is(readFileSync(join(folder, 'target'), 'utf8'), 'untouched')
    assert.not(lstatSync(join(folder, 'link')).isSymbolicLink())
    assert.is(await device.revert(), null)
    assert.is(readlinkSync(join(folder, 'link')), 'target')
  }
})

test('what validate refuses is not placed, and nothing is left beside it', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    const path = join(folder, "it's")
    const validate = ['/bin/grep', '-q', 'good thing', '%s']
    assert.equal(await write(device, { place: path, file: text('good thing'), validate }), { state: 'applied' }, where)
    const outcome = await write(device, { place: path, file: text('bad'), validate })
    assert.match(failureOf(outcome).message, 'failed to validate')
    assert.is(readFileSync(path, 'utf8'), 'good thing')
    assert.equal(readdirSync(folder), ["it's"])
  }
})

test('a missing folder, and a folder in the place of a file, are failures that change nothing', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    const nowhere = failureOf(await write(device, { place: join(folder, 'no/file'), file: text('x') }))
    assert.match(nowhere.message, 'does not exist', where)
    mkdirSync(join(folder, 'taken'))
    const taken = failureOf(await write(device, { place: join(folder, 'taken'), file: text('x') }))
    assert.match(taken.message, 'not a regular file', where)
    assert.equal(readdirSync(folder), ['taken'])
  }
})

test('a full disk is named, and the file is as it was', async () => {
  for (const [where, device] of both) {
    const failure = failureOf(await write(device, { place: '/dev/full', file: text('x') }))
    assert.match(failure.message, /not a regular file/, where)
  }
})

test('an intent that fails in the middle takes back what it had placed; folders it made go too', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    writeFileSync(join(folder, 'a'), 'old a', { mode: 0o640 })
    const outcome = await write(
      device,
      { place: join(folder, 'a'), file: text('new a') },
      { folder: join(folder, 'made/deep'), mode: null },
      { place: join(folder, 'made/deep/b'), file: text('b') },
      { place: join(folder, 'none/c'), file: text('c') },
    )
    assert.match(failureOf(outcome).aftermath ?? '', 'was put back', where)
    assert.is(readFileSync(join(folder, 'a'), 'utf8'), 'old a')
    assert.is(modeAt(join(folder, 'a')), 0o640)
    assert.equal(readdirSync(folder), ['a'], where)
  }
})

test('after an intent that failed the others are unsent', async () => {
  for (const [, device] of both) {
    const folder = fresh()
    const one = (path: string) => ({
      id: path,
      title: path,
      differences: [],
      commands: [{ place: join(folder, path), file: text('x') }],
    })
    const outcomes = await device.write([one('a'), one('no/b'), one('c')])
    assert.equal(
      outcomes.map(({ state }) => state),
      ['applied', 'failed', 'unsent'],
    )
    assert.equal(readdirSync(folder), ['a'])
  }
})

test('revert puts back content, rights and absence; what somebody else changed since is left and told', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    writeFileSync(join(folder, 'old'), 'before', { mode: 0o604 })
    writeFileSync(join(folder, 'gone'), 'gone', { mode: 0o600 })
    await write(
      device,
      { place: join(folder, 'old'), file: text('after', 0o600) },
      { place: join(folder, 'new'), file: text('x') },
      { remove: join(folder, 'gone') },
    )
    assert.ok(device.pending())
    assert.is(await device.verify(), null)
    assert.is(await device.revert(), null, where)
    assert.is(device.pending(), null)
    assert.is(readFileSync(join(folder, 'old'), 'utf8'), 'before')
    assert.is(modeAt(join(folder, 'old')), 0o604)
    assert.is(modeAt(join(folder, 'gone')), 0o600)
    assert.not(existsSync(join(folder, 'new')))
    await write(device, { place: join(folder, 'old'), file: text('after') })
    writeFileSync(join(folder, 'old'), "a colleague's")
    assert.match((await device.verify())?.message ?? '', 'not as this run has written')
    assert.match((await device.revert())?.message ?? '', 'changed by somebody else')
    assert.is(readFileSync(join(folder, 'old'), 'utf8'), "a colleague's")
  }
})

test('a file that a process of the run edits after it was placed is no mistake', async () => {
  for (const [, device] of both) {
    const path = join(fresh(), 'file')
    await write(device, { place: path, file: text('x') }, { run: { command: `echo more >> ${path}` } })
    assert.is(await device.verify(), null)
    await device.commit()
    assert.is(device.pending(), null)
  }
})

test('a process gets its words, folder, environment and input as they are, and tells its end', async () => {
  const words = ['', "it's", 'a  b', '\\n$HOME"', '*', '-n', 'new\nline', 'ä']
  for (const [where, device] of both) {
    const folder = join(fresh(), "a 'b")
    mkdirSync(folder)
    const run = async (start: MachineCommand) => ((await write(device, start)) as { said: ProcessEnd }).said
    assert.is((await run({ run: { command: ['printf', '%s|', ...words] } })).stdout, `${words.join('|')}|`, where)
    assert.is((await run({ run: { command: ['pwd'], folder } })).stdout, `${folder}\n`)
    const environment = { WEFT_WORD: "two 'words'\n" }
    assert.is((await run({ run: { command: 'printf %s "$WEFT_WORD"', environment } })).stdout, "two 'words'\n")
    assert.is((await run({ run: { command: ['cat'], stdin: 'in\n' } })).stdout, 'in\n')
    assert.equal(await run({ run: { command: 'echo out; echo err >&2; exit 42' } }), {
      rc: 42,
      stdout: 'out\n',
      stderr: 'err\n',
    })
    assert.is((await run({ run: { command: ['no-such-program-here'] } })).missing, true, where)
    assert.is((await run({ run: { command: 'kill -TERM $$' } })).rc, -15, where)
  }
})

test('what is not there is null, what cannot be told apart from that is a failure', async () => {
  for (const [where, device] of both) {
    const folder = fresh()
    assert.is(await device.read.stat(join(folder, 'none')), null, where)
    assert.is(await device.read.readFile(join(folder, 'none/x')), null)
    assert.is(await device.read.list(join(folder, 'none')), null)
    const error = await device.read.readFile('/dev/zero').catch(each => each)
    assert.match(error.message, 'not a regular file', where)
    symlinkSync('gone', join(folder, 'link'))
    assert.is((await device.read.stat(join(folder, 'link')))?.target, 'gone')
    assert.is(await device.read.stat(join(folder, 'link'), { follow: true }), null, where)
    assert.equal(await device.read.list(folder), ['link'])
  }
})

test('both ways say the same of a file', async () => {
  const path = join(fresh(), 'file')
  writeFileSync(path, 'abc')
  chmodSync(path, 0o4751)
  const [near, far] = await Promise.all(both.map(([, device]) => device.read.stat(path)))
  const whole = (found: typeof near) => ({
    ...found,
    modified: Math.floor(found?.modified ?? 0),
    accessed: 0,
    changed: 0,
  })
  assert.equal(whole(far), whole(near))
})

test('facts, variables and ports are those of the machine', async () => {
  const server = createServer(socket => socket.on('error', () => {}).end('SSH-2.0-hello\r\n'))
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.address() as AddressInfo
  for (const [where, { read }] of both) {
    assert.is((await read.facts()).system, 'Linux')
    assert.ok(((await read.facts()).processors ?? 0) > 0, where)
    assert.equal(await read.environment(['HOME', 'WEFT_NOT_SET']), { HOME: process.env.HOME ?? '' })
    const question = { address: '127.0.0.1', port, seconds: 5 }
    assert.is(await read.probe(question), '', where)
    assert.match((await read.probe({ ...question, enough: said => said.includes('hello') })) ?? '', 'SSH-2.0-hello')
    assert.is(await read.probe({ ...question, port: 1 }), null, where)
  }
  await new Promise<void>(done => server.close(() => done()))
})

test('one login serves a whole run, ten things at a time', async () => {
  const device = await node.open()
  const before = node.seen.logins
  await Promise.all(Array.from({ length: 30 }, () => device.read.stat('/')))
  assert.is(node.seen.logins, before + 1)
})

test('a connection lost in the middle of a write: the file is as it was, nothing is beside it, and the outcome says so', async () => {
  const device = await node.open()
  const folder = fresh()
  const path = join(folder, 'file')
  writeFileSync(path, 'old')
  node.trouble = command => (command.includes('cat >&3') ? { lose: 1000 } : null)
  const outcome = await write(device, { place: path, file: text('n'.repeat(2_000_000)) })
  node.trouble = null
  assert.is(outcome.state, 'failed')
  assert.is(failureOf(outcome).code, 'unreachable')
  assert.is(failureOf(outcome).aftermath, 'Nothing was changed.')
  assert.is(readFileSync(path, 'utf8'), 'old')
  for (let wait = 0; wait < 50 && readdirSync(folder).length > 1; wait++)
    await new Promise(next => setTimeout(next, 20))
  assert.equal(readdirSync(folder), ['file'])
  assert.is((await device.read.readFile(path))?.toString(), 'old')
})

test('a process whose connection is lost is unknown, and is not started twice', async () => {
  const device = await node.open()
  const path = join(fresh(), 'runs')
  await device.read.stat('/')
  node.trouble = command => (command.includes('sleep 0.3') ? { lose: 0 } : null)
  const outcome = await write(device, { run: { command: `echo x >> ${path}; sleep 0.3` } })
  node.trouble = null
  assert.is(outcome.state, 'unknown')
  assert.match(failureOf(outcome).aftermath ?? '', 'unknown')
  await new Promise(next => setTimeout(next, 500))
  assert.is(readFileSync(path, 'utf8'), 'x\n')
})

test('a node that nobody listens on is unreachable, and a wrong password is denied', async () => {
  const closed = await node.open({ ansible_port: 1 })
  assert.is(failureOf(await write(closed, { run: { command: 'true' } })).code, 'unreachable')
  const denied = await node.open({ ansible_password: 'wrong' })
  assert.is((await denied.read.stat('/').catch(error => error)).failure.code, 'denied')
})

test('folders that are made keep their rights, and those that are there are left alone', async () => {
  for (const [, device] of both) {
    const folder = fresh()
    await write(device, { folder: join(folder, 'a/b'), mode: 0o750 })
    assert.is(modeAt(join(folder, 'a/b')), 0o750)
    await write(device, { folder: join(folder, 'a'), mode: 0o700 })
    assert.is.not(statSync(join(folder, 'a')).mode & 0o777, 0o700)
  }
})

test.run()
