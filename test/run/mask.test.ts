import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunEvent } from '../../src/model/event.ts'
import { createMask } from '../../src/run/mask.ts'
import { reachOf } from '../../src/run/secret-forms.ts'
import { rememberSecrets } from '../../src/run/variables/secrets.ts'

const test = suite('run/mask')

test('a secret shows neither plain, nor in base64, JSON or a URL', () => {
  const mask = createMask()
  const secret = 'pa"ss/w\nörd'
  mask.add(secret)
  const base64 = Buffer.from(secret).toString('base64')
  const text = `${secret} ${base64} ${JSON.stringify({ secret })} ${encodeURIComponent(secret)}`
  assert.is(mask.text(text), '******** ******** {"secret":"********"} ********')
})

test('the longest secret is masked first', () => {
  const mask = createMask()
  mask.add('abcd')
  mask.add('abcdefgh')
  assert.is(mask.text('abcdefgh abcd'), '******** ********')
})

test('a short secret is left out where it is the value, and nowhere else', () => {
  const mask = createMask()
  mask.add('aaa')
  const config = 'baaa aaaa aaa-server aaa_x no-aaa'
  assert.is(mask.text(config), config)
  assert.is(mask.text('aaa'), '********')
  assert.is(
    mask.text('password aaa, "token": "aaa", user:aaa@host'),
    'password ********, "token": "********", user:********@host',
  )
})

test('a secret of a digit or two is left out behind a name that announces it, and numbers stay readable', () => {
  const mask = createMask()
  for (const secret of ['7', '12', 'x']) mask.add(secret)
  const text = '12 hosts, line 7, vlan 12, x of y'
  assert.is(mask.text(text), text)
  assert.is(
    mask.text('password: 12, the pin is 7, "api_key": "x", token=x'),
    'password: ********, the pin is ********, "api_key": "********", token=********',
  )
  const event = {
    event: 'warning',
    time: '',
    text: '',
    msg: { password: 7, count: 7, pin: '12' },
  } as unknown as RunEvent
  assert.equal((mask.event(event) as unknown as { msg: object }).msg, {
    password: '********',
    count: 7,
    pin: '********',
  })
})

test('a secret that is an ordinary word or number leaves other words and numbers alone', () => {
  const mask = createMask()
  for (const secret of ['leaf', 'cisco', '1000']) mask.add(secret)
  const text = 'leaf-101 leaves leafs, ciscoconf, 10001 and 21000'
  assert.is(mask.text(text), text)
  assert.is(mask.text('leaf cisco:1000'), '******** ********:********')
})

test('places that hold a secret whatever it is are left out, followed or not', () => {
  const mask = createMask()
  for (const [text, shown] of [
    ['http://user:Canary@192.0.2.1:8080/x', 'http://user:********@192.0.2.1:8080/x'],
    ['https://h/x?a=1&token=Canary&b=2', 'https://h/x?a=1&token=********&b=2'],
    ['Authorization: Basic Q2FuYXJ5', 'Authorization: Basic ********'],
    [
      'in the middle of \'no radius-server host h key 7 "Canary1" authentication\'',
      "in the middle of 'no radius-server host h key 7 ******** authentication'",
    ],
    ['https://192.0.2.1:443/api/x@y?page=2', 'https://192.0.2.1:443/api/x@y?page=2'],
    ['the key 1 of 3, password 3 times', 'the key 1 of 3, password 3 times'],
  ] as const)
    assert.is(mask.text(text), shown)
})

test('a secret shows in no base64 of user:secret, whatever the user', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 20 }),
      (user, secret) => {
        fc.pre(secret.trim().length > 5)
        const mask = createMask()
        mask.add(secret)
        const text = Buffer.from(`${user}:${secret}`).toString('base64')
        const shown = mask.text(`x ${text} y`)
        assert.not.ok(
          Buffer.from(shown.split(' ')[1] ?? '', 'base64')
            .toString()
            .includes(secret),
        )
        assert.ok(shown.includes('********'))
      },
    ),
  )
})

test('what the filters upper, lower, capitalize and urlencode make of a secret is left out as well', () => {
  const mask = createMask()
  const secret = "s3 cr3T/pass(W)!'x"
  mask.add(secret)
  const quoted = ["s3%20cr3T/pass(W)!'x", 's3%20cr3T/pass%28W%29%21%27x']
  const made = [secret.toUpperCase(), secret.toLowerCase(), "S3 cr3t/pass(w)!'x", ...quoted]
  assert.is(mask.text(made.join(' ')), made.map(() => '********').join(' '))
})

test('a word that a secret becomes in other letters is left out as a word only', () => {
  const mask = createMask()
  for (const secret of ['pAss', 'leaf']) mask.add(secret)
  assert.is(mask.text('PASSWORD, LEAF-101, Leaf'), 'PASSWORD, LEAF-101, Leaf')
  assert.is(mask.text('it is PASS'), 'it is ********')
})

test('in an event the texts are masked, and what names a host or a step is not', () => {
  const mask = createMask()
  mask.add('leaf')
  const event = { event: 'warning', time: '', text: 'leaf said leaf', host: 'leaf' } as RunEvent
  assert.equal(mask.event(event), { ...event, text: '******** said ********' })
})

test('in what a task made nothing is spared: numbers, and values under names that an event uses itself', () => {
  const mask = createMask()
  for (const secret of ['123456', 'sesame']) mask.add(secret)
  const base = {
    event: 'host-result',
    time: '',
    play: 'p',
    task: 't',
    id: '1',
    action: 'debug',
    host: 'sesame',
  } as const
  const event = {
    ...base,
    at: { file: 'sesame', line: 123456, column: 1 },
    status: 'ok',
    seconds: 123456,
    msg: { code: 'sesame', id: 123456, more: [{ host: 'sesame', line: 123456 }, 1234567] },
    items: [{ item: { mode: 'sesame' }, status: 'ok', rc: 123456 }],
    failure: { code: 'rejected', message: 'no', device: { said: 'sesame?', line: 'password sesame' } },
  } as RunEvent
  const hidden = '********'
  assert.equal(mask.event(event), {
    ...event,
    msg: { code: hidden, id: hidden, more: [{ host: hidden, line: hidden }, 1234567] },
    items: [{ item: { mode: hidden }, status: 'ok', rc: 123456 }],
    failure: { code: 'rejected', message: 'no', device: { said: `${hidden}?`, line: `password ${hidden}` } },
  })
})

test('values are followed by the name of their variable, at any depth, and private keys by themselves', () => {
  const mask = createMask()
  const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEogIBAAKCAQEAtHisIsNoKey\n-----END RSA PRIVATE KEY-----\n'
  rememberSecrets(mask, { ansible_password: 'sw-one', bgp: [{ peer_password: 'sw-two' }], text: pem, name: 'harmless' })
  assert.is(mask.text('sw-one sw-two harmless'), '******** ******** harmless')
  assert.not.match(mask.text(pem), /MIIEog/)
})

test('no secret of any shape survives in any text', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, maxLength: 20 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!`${before}${secret}${after}`.includes('*') && reachOf(secret.trim()) === 'anywhere')
      const mask = createMask()
      mask.add(secret)
      assert.not(mask.text(before + secret + after).includes(secret))
    }),
  )
})

const secrets = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 4, maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\t', '/', '\u2028', '🙂', 'a', '1'),
    minLength: 4,
    maxLength: 12,
  }),
)

test('an event is the same text by text as each of its texts by itself', () => {
  fc.assert(
    fc.property(secrets, fc.string(), fc.jsonValue(), (secret, around, harmless) => {
      const mask = createMask()
      mask.add(secret)
      const inside = `${around}${secret}${around}`
      const msg = { [inside]: [{ deep: inside, harmless: [harmless] }], once: JSON.stringify({ inside }), id: inside }
      const event = { event: 'warning', time: '', text: inside, msg } as unknown as RunEvent
      const shown = mask.text(inside)
      const masked = mask.event(event) as unknown as { text: string; msg: Record<string, unknown> }
      assert.is(masked.text, shown)
      assert.equal((masked.msg[shown] as { deep: string }[])[0]?.deep, shown)
      assert.is(masked.msg.once, mask.text(JSON.stringify({ inside })))
      assert.is(masked.msg.id, shown)
    }),
    { numRuns: 500 },
  )
})

test('a secret that is added later is masked from then on', () => {
  const mask = createMask()
  mask.add('first-secret')
  const event = { event: 'warning', time: '', text: 'says "second" \\ secret' } as RunEvent
  assert.equal(mask.event(event), event)
  mask.add('"second" \\ secret')
  assert.equal(mask.event(event), { ...event, text: 'says ********' })
})

test('what an event counts itself stays a number', () => {
  const mask = createMask()
  mask.add('12345')
  const event = { event: 'run-finished', time: '', seconds: 12345, exit: 0, hosts: {} } as RunEvent
  assert.equal(mask.event(event), event)
})

test.run()
