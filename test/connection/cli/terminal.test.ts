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

test('a banner that holds the prompt of the switch does not end the answer; a prompt behind which nothing comes does', async () => {
  const text = 'show x\r\r\nbanner motd #\r\nleaf-a# \r\nyes\r\n#\r\nvlan 1\r\n\rleaf-a# '
  for (const end of ['', '\r\n']) {
    const { channel } = played(text + end, [])
    const shell = terminal(channel, 'leaf-a')
    shell.expectHosts(['leaf-a'])
    const { answers, failure } = await shell.exchange(['show x'], 4)
    channel.destroy()
    assert.is(failure, null)
    assert.equal(
      answers.map(({ output }) => output),
      [['banner motd #', 'leaf-a# ', 'yes', '#', 'vlan 1']],
    )
  }
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

const tight = (silenceSeconds: number) => ({ silenceSeconds, totalSeconds: silenceSeconds * 3, bytes: 100_000 })

/** A channel that answers the first line with its echo, and then with whatever `speak` writes. */
function speaking(speak: (channel: Duplex) => void): Duplex {
  let spoken = false
  const channel: Duplex = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      if (!spoken) {
        channel.push(`${String(chunk).trim()}\r\r\n`)
        speak(channel)
      }
      spoken = true
      done()
    },
  })
  return channel
}

test('an answer without end is given up by its size, and one that drips by its time; neither is kept or heard any more', async () => {
  const flood = speaking(channel => {
    for (let line = 0; line < 20_000; line++) channel.push('0123456789\r\n')
  })
  const much = terminal(flood, 'leaf-a', tight)
  const { failure } = await much.exchange(['show x'], 2)
  assert.is(failure?.code, 'unparseable')
  assert.match(failure?.message ?? '', /^leaf-a said more than 0 MB in answer to 'show x'/)
  assert.is((failure?.device?.said ?? '').length < 1000, true)
  assert.is((await much.exchange(['show y'], 2)).failure, failure, 'the terminal is not used any more')

  let drops = 0
  const drip = speaking(channel => {
    const timer = setInterval(() => {
      if (++drops > 200) clearInterval(timer)
      channel.push('.')
    }, 20)
  })
  const started = performance.now()
  const slow = await terminal(drip, 'leaf-a', tight).exchange(['show x'], 0.3)
  assert.is(slow.failure?.code, 'timeout')
  assert.match(slow.failure?.message ?? '', /had not finished 'show x' after/)
  assert.ok(performance.now() - started < 2500)
  drip.destroy()
})

test('no text takes long to be read: blanks behind a question, one line of megabytes, returns and log marks without end', async () => {
  const texts = [
    `(y/n)${' '.repeat(600)}x`,
    `${'(y/n)? '.repeat(20_000)}`,
    `${' '.repeat(200_000)}%`,
    `${'\r'.repeat(200_000)}x`,
    '%A-1-'.repeat(40_000),
    'a'.repeat(3_000_000),
    '\x1b['.repeat(100_000),
  ]
  for (const text of texts) {
    const channel = speaking(each => {
      for (let at = 0; at < text.length; at += 500) each.push(text.slice(at, at + 500))
      each.push('\r\nleaf-a# ')
    })
    const started = performance.now()
    const shell = terminal(channel, 'leaf-a')
    await shell.exchange(['show x'], 0.5)
    channel.destroy()
    assert.ok(performance.now() - started < 2500, `${text.slice(0, 20)}: ${performance.now() - started} ms`)
  }
})

test('a device that waits at a prompt of another name has been renamed: its answers are read all the same', async () => {
  const { channel } = played(PLAIN.replaceAll('leaf-a(', 'new-name('), [])
  const shell = terminal(channel, 'leaf-a')
  shell.expectHosts(['leaf-a'])
  const { answers, failure } = await shell.exchange(LINES, 8)
  channel.destroy()
  assert.is(failure, null)
  assert.equal(
    answers.map(({ prompt }) => [prompt.host, prompt.mode]),
    [
      ['leaf-a', 'exec'],
      ['new-name', 'config'],
      ['new-name', 'config-vlan'],
    ],
  )
})

test.run()
