import { createHmac } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  hostEntries,
  indexKnownHosts,
  judgeKey,
  keyType,
  parseKnownHosts,
} from '../../../src/connection/ssh/known-hosts.ts'

const key = (type: string, body: string) => {
  const name = Buffer.from(type)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return Buffer.concat([length, name, Buffer.from(body)])
}
const ed = key('ssh-ed25519', 'one')
const other = key('ssh-ed25519', 'two')
const rsa = key('ssh-rsa', 'three')
const base64 = (blob: Buffer) => blob.toString('base64')
const judge = (text: string, address: string, port: number, blob: Buffer) =>
  judgeKey(hostEntries(indexKnownHosts(parseKnownHosts('kh', text)), address, port), blob)

test('a host is known by its bare name on port 22 and by [name]:port elsewhere', () => {
  const text = `leaf-a,10.0.0.1 ssh-ed25519 ${base64(ed)}\n[leaf-a]:2222 ssh-ed25519 ${base64(other)}\n`
  assert.is(judge(text, 'leaf-a', 22, ed).state, 'known')
  assert.is(judge(text, '10.0.0.1', 22, ed).state, 'known')
  assert.is(judge(text, 'LEAF-A', 2222, other).state, 'known')
  assert.is(judge(text, '10.0.0.1', 2222, ed).state, 'unknown')
})

test('a hashed name is found', () => {
  const salt = Buffer.from('0123456789abcdef0123')
  const hash = createHmac('sha1', salt).update('[leaf-a]:2222').digest('base64')
  const text = `|1|${salt.toString('base64')}|${hash} ssh-ed25519 ${base64(ed)}\n`
  assert.is(judge(text, 'leaf-a', 2222, ed).state, 'known')
  assert.is(judge(text, 'leaf-b', 2222, ed).state, 'unknown')
})

test('patterns match, and a negated one takes the line back', () => {
  const text = `*.lab,!bad.lab ssh-ed25519 ${base64(ed)}\n`
  assert.is(judge(text, 'leaf.lab', 22, ed).state, 'known')
  assert.is(judge(text, 'bad.lab', 22, ed).state, 'unknown')
})

test('another key of the same type is a changed key, and the line that expects the old one is named', () => {
  const verdict = judge(`# comment\n\nleaf-a ssh-ed25519 ${base64(ed)}\n`, 'leaf-a', 22, other)
  assert.is(verdict.state, 'changed')
  assert.is(verdict.state === 'changed' && verdict.expected.line, 3)
})

test('a key of a type that the file does not have is unknown, not changed', () => {
  const verdict = judge(`leaf-a ssh-ed25519 ${base64(ed)}\n`, 'leaf-a', 22, rsa)
  assert.equal(verdict, { state: 'unknown', otherTypes: ['ssh-ed25519'] })
})

test('a revoked key is refused even where another line knows it', () => {
  const text = `leaf-a ssh-ed25519 ${base64(ed)}\n@revoked * ssh-ed25519 ${base64(ed)}\n`
  const verdict = judge(text, 'leaf-a', 22, ed)
  assert.is(verdict.state === 'revoked' && verdict.by.line, 2)
})

test('of several lines for a host the first in the file is the one that is named', () => {
  const text = `leaf-* ssh-ed25519 ${base64(ed)}\nleaf-a ssh-ed25519 ${base64(ed)}\n`
  const verdict = judge(text, 'leaf-a', 22, other)
  assert.is(verdict.state === 'changed' && verdict.expected.line, 1)
})

test('unreadable lines are left out, and the type is read from the key itself', () => {
  assert.is(parseKnownHosts('kh', 'one\n@unknown a b c\nleaf ssh-rsa\n').length, 0)
  assert.is(keyType(rsa), 'ssh-rsa')
})

test.run()
