import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { finish } from '../../support/finish.ts'
import { closeAll, device, inside, leaf, work } from '../../support/nxos.ts'

test.after(closeAll)

const AROUND = inside(['interface loopback7'], 'description seven', 'ip address 10.7.0.1/32')

test('a run that renames the switch reads on, whatever the new name looks like', async () => {
  for (const name of ['leaf-b', 'a', 'LEAF.example.net', 'leaf_b', 'b'.repeat(63), 'config', '1', 'leaf-a-2']) {
    const { lab, endpoint } = await leaf()
    const { device: open } = await device(endpoint)
    const started = performance.now()
    const tasks = [
      await work(open, 'name', [...inside([], `hostname ${name}`), ...AROUND]),
      await work(open, 'then', inside(['interface loopback8'], 'description eight')),
    ]
    assert.equal(await open.write(tasks), [{ state: 'applied' }, { state: 'applied' }], name)
    assert.is(await finish(open), null, name)
    assert.match(lab.runningText(), new RegExp(`^\\s*hostname ${name}\n`))
    assert.is(lab.startupText(), lab.runningText())
    assert.ok(performance.now() - started < 2500, `${name}: ${performance.now() - started} ms`)
    await open.release()
  }
})

test('a renamed switch whose next line is refused gets its old name back, by lines and by a rollback', async () => {
  for (const more of [[], [{ pattern: '^no interface loopback7', text: '% Permission denied' }]]) {
    const reject = [{ pattern: '^mtu', text: '% Invalid command' }, ...more]
    const { lab, endpoint } = await leaf({ faults: { reject } })
    const { device: open } = await device(endpoint)
    const before = lab.runningText()
    const lines = [...inside([], 'hostname leaf-b'), ...AROUND, ...inside(['interface loopback7'], 'mtu 9000')]
    const [outcome] = await open.write([await work(open, 'name', lines)])
    if (outcome?.state !== 'failed') throw new Error(`it is ${outcome?.state}`)
    assert.match(outcome.failure.aftermath ?? '', more.length === 0 ? /^Undone: its lines/ : /^Undone: rolled back/)
    assert.is(lab.runningText(), before)
    assert.is(await finish(open), null)
    await open.release()
  }
})

test('a switch that somebody else renames meanwhile, or that a lost session comes back to with another name, is read on', async () => {
  for (const faults of [{ slowMs: 10 }, { slowMs: 10, drop: { pattern: '^ip address', taken: true } }]) {
    const { lab, endpoint } = await leaf({ faults })
    const { device: open } = await device(endpoint)
    const { device: other } = await device(endpoint, 'other')
    const rename = await work(other, 'theirs', inside([], 'hostname somebody-else'))
    let done: Promise<unknown> | null = null
    lab.onChange(() => {
      if (!done && lab.typed.includes('interface loopback7')) done = other.write([rename])
    })
    const lines = [...AROUND, ...inside(['interface loopback8'], 'description eight')]
    assert.equal(await open.write([await work(open, 'task', lines)]), [{ state: 'applied' }])
    assert.ok(done)
    await done
    assert.is(await finish(open), null)
    assert.match(lab.runningText(), /hostname somebody-else/)
    assert.match(lab.runningText(), /description eight/)
    await other.release()
    await open.release()
  }
})

test.run()
