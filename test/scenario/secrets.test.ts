import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Estate, startEstate } from '../../src/lab/estate/estate.ts'
import { labPassword } from '../../src/lab/estate/state-files.ts'
import { folderOf } from '../support/folder.ts'
import { type Ended, weft } from '../support/weft.ts'
import { testWithKubectl } from '../support/where.ts'

const test = suite('secrets')
const withKubectl = testWithKubectl(test)
/** Letters that URLs, JSON and shells write in another way. */
const BGP = 'Canary/Bgp+"7"&x'
let estate: Estate
let inventory: string[]

test.before(async () => {
  const folder = folderOf({})
  estate = await startEstate({ folder, latencyMs: 0, firstPort: 0, log: () => {} })
  inventory = ['-i', 'inventory', '-i', estate.inventory]
})
test.after(() => estate.close())

/** A secret as it may be written: raw, in JSON (once or twice), base64 at any offset, in a URL. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const base64 = [0, 1, 2].map(offset => {
    const text = Buffer.from(' '.repeat(offset) + secret).toString('base64')
    return text.slice(offset === 0 ? 0 : 4, -4)
  })
  return [secret, json, JSON.stringify(json).slice(1, -1), ...base64, encodeURIComponent(secret), encodeURI(secret)]
}

function holdsNone({ out, err }: Ended, secrets: readonly string[]): void {
  for (const form of secrets.flatMap(formsOf)) assert.not.ok((out + err).includes(form), `it shows ${form}`)
}

const site = ['playbooks/site.yml', '-e', JSON.stringify({ bgp_password: BGP }), '-vv', '--diff']

withKubectl('a plan of the demo shows no secret, in any form of output', async () => {
  const forms = ['plain', 'json', 'markdown'].map(output => weft(['plan', ...site, ...inventory, '--output', output]))
  for (const ended of await Promise.all(forms)) {
    assert.is(ended.code, 2, ended.err)
    assert.match(ended.out, 'bgp-secrets')
    holdsNone(ended, [BGP, labPassword])
  }
})

withKubectl('the run of the demo shows no secret, and sets it', async () => {
  const ended = await weft(['run', ...site, ...inventory, '--output', 'json'])
  assert.is(ended.code, 0, ended.out.slice(-2000))
  holdsNone(ended, [BGP, labPassword])
  const secret = estate.clusters[0]?.objects().find(({ metadata }) => metadata.name === 'bgp-secrets')
  assert.equal(secret?.data, { 'rr-password': Buffer.from(BGP).toString('base64') })
})

withKubectl('a new secret replaces the old one, and neither is shown', async () => {
  const words = ['run', 'playbooks/site.yml', '-e', 'bgp_password=Canary-Second-2', '-vv', '--diff', ...inventory]
  const ended = await weft([...words, '--output', 'plain'])
  assert.is(ended.code, 0, ended.out.slice(-2000))
  assert.match(ended.out, /changed +blue-k8s +BGP password/)
  holdsNone(ended, [BGP, 'Canary-Second-2', labPassword])
})

test('the command that retries neither holds a secret nor sets one to asterisks', async () => {
  const words = [
    'run',
    'playbooks/nxos-calico.yml',
    ...inventory,
    '--limit',
    'leaf-101',
    '-e',
    'ansible_password=Canary-3',
  ]
  const ended = await weft([...words, '-e', 'mtu=9000'])
  assert.is(ended.code, 1)
  assert.match(ended.out, /Retry: weft run .* -e '\{"mtu":"9000"\}' -e @file-with-ansible_password\n/)
  holdsNone(ended, ['Canary-3'])
})

test('weft inventory masks secrets', async () => {
  for (const words of [['--list'], ['--host', 'leaf-101'], ['--graph']]) {
    const ended = await weft(['inventory', ...inventory, ...words])
    assert.is(ended.code, 0)
    holdsNone(ended, [labPassword, 'weft-lab-bgp'])
  }
})

test('errors that quote a template, an address or a value do so without its secret', async () => {
  const folder = folderOf({
    'hosts.yml': 'all: {hosts: {localhost: {ansible_connection: local, api_token: Canary-Token-4}}}',
    'template.yml': tasks('- debug: {msg: "{{ api_token | int / 0 }} {{ nope[api_token] }}"}'),
    'fail.yml': tasks('- fail: {msg: "the token {{ api_token }} is bad"}'),
    'url.yml': tasks('- uri: {url: "http://user:{{ api_token }}@127.0.0.1:1/x?token={{ api_token | urlencode }}"}'),
    'command.yml': tasks('- command: "sh -c \'echo {{ api_token | b64encode }} >&2; exit 3\'"'),
    'missing.yml': tasks('- copy: {src: "{{ api_token }}.txt", dest: /tmp/x}'),
    'type.yml': tasks('- uri: {url: "http://127.0.0.1:1/", status_code: "{{ api_token }}"}'),
    'assert.yml': tasks('- assert: {that: ["api_token == \'other\'"]}'),
    'literal.yml': tasks("- uri: {url: 'http://127.0.0.1:1/', user: a, password: 'Canary-Token-4', nope: 1}"),
  })
  const playbooks = ['template', 'fail', 'url', 'command', 'missing', 'type', 'assert', 'literal']
  const ends = playbooks.flatMap(name =>
    ['plain', 'json'].map(async output => {
      const words = ['run', `${name}.yml`, '-i', 'hosts.yml', '-vv', '--output', output]
      return { name, ended: await weft(words, { folder }) }
    }),
  )
  for (const { name, ended } of await Promise.all(ends)) {
    assert.ok(ended.code === 1 || ended.code === 4, `${name} ended with ${ended.code}: ${ended.out}`)
    for (const form of formsOf('Canary-Token-4'))
      assert.not.ok((ended.out + ended.err).includes(form), `${name} shows ${form}: ${ended.out}`)
  }
})

function tasks(text: string): string {
  return `- hosts: localhost\n  gather_facts: false\n  tasks:\n    ${text}\n`
}

test.run()
