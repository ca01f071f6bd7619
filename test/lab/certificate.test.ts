import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeCertificate } from '../../src/lab/certificate.ts'

test('a client that trusts the authority, and nothing else, verifies the server by name and by address', async () => {
  const { ca, cert, key } = await makeCertificate(['localhost', '127.0.0.1', '::1'])
  const server = createServer({ cert, key })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const port = (server.address() as AddressInfo).port
    assert.is(await verdict({ port, ca, servername: 'localhost' }), 'verified')
    assert.is(await verdict({ port, ca, servername: '' }), 'verified')
    assert.is(await verdict({ port, ca, servername: 'apic1.example.net' }), 'ERR_TLS_CERT_ALTNAME_INVALID')
    assert.match(await verdict({ port, servername: 'localhost' }), /UNABLE_TO|SELF_SIGNED/)
  } finally {
    server.close()
  }
})

test('the server certificate cannot sign others, the authority can', async () => {
  const { ca, cert } = await makeCertificate(['localhost'])
  assert.is(new X509Certificate(ca).ca, true)
  assert.is(new X509Certificate(cert).ca, false)
  assert.is(new X509Certificate(cert).checkIssued(new X509Certificate(ca)), true)
})

function verdict(options: { port: number; servername: string; ca?: string }): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', ...options }, () => {
      socket.destroy()
      resolve('verified')
    })
    socket.on('error', error => resolve((error as NodeJS.ErrnoException).code ?? error.message))
  })
}

test.run()
