import { getEventListeners } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSession } from '../../../src/connection/cli/session.ts'
import { jumpHosts } from '../../../src/connection/ssh/jump-hosts.ts'
import { toFailure } from '../../../src/model/failure.ts'
import type { Endpoint } from '../../../src/model/host.ts'
import { closeAll, endpointTo, leaf } from '../../support/nxos.ts'

test.after(closeAll)

test('a login leaves nothing behind at the signal that stops a run, whether it failed or was closed', async () => {
  const stop = new AbortController()
  const open = (endpoint: Endpoint) =>
    openSession({ endpoint, jumps: jumpHosts(), signal: stop.signal, onWait: () => {} })
  const listeners = () => getEventListeners(stop.signal, 'abort').length
  await open(endpointTo(1)).then(
    () => assert.unreachable('nothing listens there'),
    () => {},
  )
  assert.is(listeners(), 0)
  const session = await open((await leaf()).endpoint)
  assert.is(listeners(), 1)
  await session.close()
  assert.is(listeners(), 0)
})

const opened = (endpoint: Endpoint) =>
  openSession({ endpoint, jumps: jumpHosts(), signal: new AbortController().signal, onWait: () => {} })

test('a device that logs in and then answers nothing is given up in time, whatever is asked', async () => {
  const { endpoint } = await leaf({ faults: { mute: true } })
  const session = await opened({ ...endpoint, timeoutSeconds: 0.4 })
  const started = performance.now()
  const shown = await session.show('show clock')
  assert.is(shown.failure?.code, 'timeout')
  assert.is((await session.exchange(['show clock'])).failure?.code, 'timeout')
  assert.ok(performance.now() - started < 4000)
  await session.close()
})

test('an answer that drips without end is given up while it is read, on its own channel and in the shell, and the next one is read', async () => {
  const { lab, endpoint } = await leaf({ faults: { drip: { pattern: '^show clock', everyMs: 20 } } })
  const session = await opened({ ...endpoint, timeoutSeconds: 0.3 })
  assert.match((await session.show('show clock')).failure?.message ?? '', /had not finished/)
  assert.match((await session.exchange(['show clock'])).failure?.message ?? '', /had not finished/)
  await session.close()
  lab.setFaults({})
  const next = await opened(endpoint)
  assert.is((await next.show('show clock')).failure, null)
  await next.close()
})

test('a server that renews its keys in the middle of an answer is read on', async () => {
  const { endpoint } = await leaf({ faults: { rekey: { pattern: '^show running' }, extraLines: 5000 } })
  const session = await opened(endpoint)
  for (let time = 0; time < 6; time++) {
    const { output, failure } = await session.show('show running-config')
    assert.is(failure, null)
    assert.ok(output.length > 5000)
  }
  assert.is((await session.exchange(['show running-config'])).failure, null)
  await session.close()
})

test('a switch that closes the connection at its session limit is asked again, as after the spoken refusal', async () => {
  const { lab, endpoint } = await leaf({ faults: { closeAtLimit: true, sessionLimit: 1 } })
  const first = await opened(endpoint)
  const waits: string[] = []
  const second = openSession({
    endpoint,
    jumps: jumpHosts(),
    signal: new AbortController().signal,
    onWait: text => waits.push(text),
  })
  setTimeout(() => first.close(), 500)
  assert.is((await (await second).show('show clock')).failure, null)
  assert.ok(waits.length > 0)
  await (await second).close()
  // What never opens is told as what it is.
  lab.setFaults({ closed: true })
  const failure = await opened({ ...endpoint, timeoutSeconds: 0.6 }).then(
    () => null,
    error => toFailure(error),
  )
  assert.is(failure?.code, 'unreachable')
})

test.run()
