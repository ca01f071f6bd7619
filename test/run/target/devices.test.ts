import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Device } from '../../../src/model/device.ts'
import type { Endpoint } from '../../../src/model/host.ts'
import { createDevices } from '../../../src/run/target/devices.ts'
import { newFabric, openLines } from '../line-device.ts'

const test = suite('run/devices')

const endpoint = (host: string): Endpoint => ({ host, platform: 'nxos', address: host })
const refuse = async () => {
  throw new Error('not here')
}

function setUp({ keep = 64, finish = (device: Device) => device.commit() } = {}) {
  const fabric = newFabric()
  const open = {
    nxos: async (options: { endpoint: Endpoint }) => openLines(fabric, options.endpoint.host),
    apic: refuse,
    kube: refuse,
    linux: refuse,
  }
  const { signal } = new AbortController()
  const devices = createDevices(open, { run: 'r', keep, finish, signal })
  const use = async (host: string) => {
    devices.hold(host)
    await devices.open({ host, kind: 'nxos', endpoint: endpoint(host), progress: () => {} })
    await devices.release(host)
  }
  return { fabric, devices, use }
}

test('a device is opened once, also when two ask at the same time', async () => {
  const { fabric, use } = setUp()
  await Promise.all([use('a'), use('a')])
  await use('a')
  assert.equal(fabric.log, ['a open'])
})

test('beyond the limit, the one that was used longest ago is finished and closed', async () => {
  const { fabric, use } = setUp({ keep: 2 })
  for (const host of ['a', 'b', 'a', 'c']) await use(host)
  assert.equal(fabric.log, ['a open', 'b open', 'c open', 'b finish', 'b close'])
})

test('a device in use is not closed for another', async () => {
  const { fabric, devices, use } = setUp({ keep: 1 })
  devices.hold('a')
  await devices.open({ host: 'a', kind: 'nxos', endpoint: endpoint('a'), progress: () => {} })
  await use('b')
  assert.equal(fabric.log, ['a open', 'b open', 'b finish', 'b close'])
})

test('a host’s device is not reset while the task of another is using it', async () => {
  const { fabric, devices } = setUp()
  const ask = (host: string) => devices.open({ host, kind: 'nxos', endpoint: endpoint('a'), progress: () => {} })
  devices.hold('a')
  devices.hold('b')
  await Promise.all([ask('a'), ask('b')])
  const failure = await devices.reconnect('b').catch(error => error.failure)
  assert.is(failure.code, 'busy')
  assert.match(failure.message, /task of a/)
  await devices.release('a')
  assert.equal(await devices.reconnect('b'), [])
  assert.equal(fabric.log, ['a open', 'a reconnect'])
})

test('in a plan nothing is finished, only closed', async () => {
  const { fabric, devices, use } = setUp({ finish: async () => null })
  await use('a')
  await devices.endAll()
  assert.equal(fabric.log, ['a open', 'a close'])
})

test('an opening that failed is tried again', async () => {
  const { fabric, use } = setUp()
  fabric.down.add('a')
  await use('a').then(
    () => assert.unreachable(),
    () => {},
  )
  fabric.down.delete('a')
  await use('a')
  assert.equal(fabric.log, ['a open'])
})

test('aborting closes at once, without finishing', async () => {
  const { fabric, devices, use } = setUp()
  await use('a')
  await devices.abort()
  assert.equal(fabric.log, ['a open', 'a close'])
})

test.run()
