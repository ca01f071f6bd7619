import ssh2 from 'ssh2'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ed25519KeyPair } from '../../../src/lab/nxos/host-key.ts'

test('every key that the lab makes can be read by the library that uses it', () => {
  for (let at = 0; at < 600; at++) assert.not.instance(ssh2.utils.parseKey(ed25519KeyPair(ssh2).private), Error)
})

test('a key behind a passphrase too', () => {
  const pair = ed25519KeyPair(ssh2, { passphrase: 'open', cipher: 'aes256-ctr', rounds: 4 })
  assert.not.instance(ssh2.utils.parseKey(pair.private, 'open'), Error)
  assert.instance(ssh2.utils.parseKey(pair.private), Error)
})

test.run()
