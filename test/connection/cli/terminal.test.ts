import { Duplex } from 'node:stream'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { terminal } from '../../../src/connection/cli/terminal.ts'

/** A channel that answers the whole exchange with prepared bytes, cut into pieces, once anything was typed. */
function played(sent: string | readonly string[], cuts: readonly number[]) {
  const parts = typeof sent === 'string' ? pieces(sent, cuts) : sent.map(part => Buffer.from(part))
  const typed: string[] = []
  const channel = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      typed.push(String(chunk))
      if (typed.length === 1) for (const piece of parts) channel.push(piece)
      done()
    },
  })
  return { channel, typed }
}

function pieces(bytes: string, cuts: readonly number[]): Buffer[] {
  const whole = Buffer.from(bytes)
  const places = [...new Set(cuts.map(cut => cut % whole.length))].sort((one, other) => one - other)
  return [...places, whole.length].map((end, index) => whole.subarray(index === 0 ? 0 : places[index - 1], end))
}

const PLAIN =
  'show clock\r\r\nTime source is NTP\r\n10:00 UTC – ok\r\n\rleaf-a# conf t\r\r\nEnter configuration commands\r\n\rleaf-a(config)# vlan 10\r\r\n\rleaf-a(config-vlan)# '
const LINES = ['show clock', 'conf t', 'vlan 10']

test('any chunking gives the same answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(500), { maxLength: 60 }), async cuts => {
      const { channel } = played(PLAIN, cuts)
      const { answers, failure } = await terminal(channel, 'leaf-a').exchange(LINES, 2)
      channel.destroy()
      assert.is(failure, null)
      assert.equal(
        answers.map(({ output, prompt }) => [output, prompt.mode]),
        [
          [['Time source is NTP', '10:00 UTC – ok'], 'exec'],
          [['Enter configuration commands'], 'config'],
          [[], 'config-vlan'],
        ],
      )
    }),
    { numRuns: 60 },
  )
})

test('log messages are left out wherever they break in', async () => {
  const log = '2026 Nov 20 10:00:00 leaf-a %$ VDC-1 %$ %ETHPORT-5-IF_DOWN_ADMIN_DOWN: Interface Ethernet1/1 is down\r\n'
  for (const at of [0, 4, 12, 30, 40, 62, 70, 85]) {
    const bytes = PLAIN.slice(0, at) + log + PLAIN.slice(at)
    const { channel } = played(bytes, [])
    const { answers, failure } = await terminal(channel, 'leaf-a').exchange(LINES, 2)
    channel.destroy()
    assert.is(failure, null, `at ${at}`)
    assert.equal(
      answers.map(answer => answer.output.join('|')),
      ['Time source is NTP|10:00 UTC – ok', 'Enter configuration commands', ''],
      `at ${at}`,
    )
  }
})

test('a pager is paged on, and leaves no trace', async () => {
  const { channel, typed } = played(
    'show x\r\r\none\r\n\x1b[7m--More--|\x1b[m\r        \rtwo\r\n--More--|\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\bthree\r\n\rleaf-a# '.split(
      '|',
    ),
    [],
  )
  const { answers } = await terminal(channel, 'leaf-a').exchange(['show x'], 2)
  channel.destroy()
  assert.equal(answers[0]?.output, ['one', 'two', 'three'])
  assert.is(typed.slice(1).join(''), '  ')
})

test('a prompt counts only as a whole line of this switch', async () => {
  const { channel } = played('show x\r\r\nleaf-b# not a prompt\r\nleaf-a# is in a banner\r\n\rleaf-a# ', [])
  const shell = terminal(channel, 'leaf-a')
  shell.expectHosts(['leaf-a'])
  const { answers } = await shell.exchange(['show x'], 2)
  channel.destroy()
  assert.equal(answers[0]?.output, ['leaf-b# not a prompt', 'leaf-a# is in a banner'])
})

test('a known question is answered, an unknown one is declined', async () => {
  const known = played(
    'no feature bgp\r\r\nThis removes all. Continue (y/n)? [n] |y\r\nDone\r\n\rleaf-a# '.split('|'),
    [],
  )
  const answered = await terminal(known.channel, 'leaf-a').exchange(['no feature bgp'], 2)
  known.channel.destroy()
  assert.is(answered.failure, null)
  assert.is(known.typed[1], 'y\n')
  const unknown = played('reload\r\r\nThis command will reboot the system. (y/n)?  [n] |\r\nleaf-a# '.split('|'), [])
  const broken = await terminal(unknown.channel, 'leaf-a').exchange(['reload', 'show clock'], 2)
  unknown.channel.destroy()
  assert.is(broken.answers.length, 1)
  assert.match(broken.answers[0]?.asked ?? '', /reboot the system/)
  assert.is(unknown.typed[1], 'n\n')
})

test('silence in the middle of an answer is a timeout that tells what was seen', async () => {
  const { channel } = played('show x\r\r\none\r\ntw', [])
  const { failure } = await terminal(channel, 'leaf-a').exchange(['show x'], 0.2)
  channel.destroy()
  assert.is(failure?.code, 'timeout')
  assert.is(failure?.device?.said, 'one\ntw')
  assert.is(failure?.device?.line, 'show x')
})

test('20,000 lines in small pieces are read in time', async () => {
  const body = Array.from({ length: 20_000 }, (_, index) => `  ${index} permit ip any any\r\n`).join('')
  const bytes = `show run\r\r\n${body}\rleaf-a# `
  const cuts = Array.from({ length: 5000 }, (_, index) => index * 100)
  const { channel } = played(bytes, cuts)
  const started = performance.now()
  const { answers } = await terminal(channel, 'leaf-a').exchange(['show run'], 5)
  channel.destroy()
  assert.is(answers[0]?.output.length, 20_000)
  assert.ok(performance.now() - started < 3000)
})

test.run()
