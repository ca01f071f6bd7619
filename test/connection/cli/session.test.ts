import { getEventListeners } from 'node:events'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openSession } from '../../../src/connection/cli/session.ts'
import { jumpHosts } from '../../../src/connection/ssh/jump-hosts.ts'
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

test.run()
