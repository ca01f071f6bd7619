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

const HOSTS = 'all: {hosts: {localhost: {ansible_connection: local}}}'
/** Where a secret may be written, each with its own value; every one is said by a task. */
const PLACES: Readonly<Record<string, (canary: string) => Record<string, string>>> = {
  vars_files: canary => ({
    'secrets.yml': `peer_password: ${canary}`,
    'site.yml':
      '- hosts: all\n  gather_facts: false\n  vars_files: [secrets.yml]\n  tasks: [{debug: {msg: "it is {{ peer_password }}"}}]',
  }),
  'block vars': canary => ({
    'site.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n    - block: [{debug: {msg: "it is {{ peer_password }}"}}]\n      vars: {peer_password: ${canary}}`,
  }),
  'task vars': canary => ({
    'site.yml': tasks(`- {debug: {msg: "it is {{ api_token }}"}, vars: {api_token: ${canary}}}`),
  }),
  'include vars': canary => ({
    'more.yml': '- debug: {msg: "it is {{ api_token }}"}',
    'site.yml': tasks(`- {include_tasks: more.yml, vars: {api_token: ${canary}}}`),
  }),
  include_vars: canary => ({
    'more.yml': `apiToken: ${canary}`,
    'site.yml': tasks('- include_vars: more.yml\n    - debug: {msg: "it is {{ apiToken }}"}'),
  }),
  'role defaults': canary => ({
    'roles/r/defaults/main.yml': `radius_key: ${canary}`,
    'roles/r/tasks/main.yml': '- debug: {msg: "it is {{ radius_key }}"}',
    'site.yml': '- hosts: all\n  gather_facts: false\n  roles: [r]',
  }),
  'a template of another variable': canary => ({
    'note.txt': canary,
    'site.yml': `- hosts: all\n  gather_facts: false\n  vars: {enable_secret: "{{ lookup('file', 'note.txt') }}"}\n  tasks: [{debug: {msg: "it is {{ enable_secret }}"}}]`,
  }),
  environment: canary => ({
    'site.yml': tasks(`- {shell: "echo $API_TOKEN; exit 3", environment: {API_TOKEN: ${canary}}}`),
  }),
  set_fact: canary => ({ 'site.yml': tasks(`- set_fact: {db_password: ${canary}}\n    - debug: {var: db_password}`) }),
  'an address': canary => ({ 'site.yml': tasks(`- uri: {url: "http://ops:${canary}@127.0.0.1:1/x?token=${canary}"}`) }),
  'a header': canary => ({
    'site.yml': tasks(
      `- uri: {url: "http://127.0.0.1:1/", headers: {Authorization: "Basic {{ ('ops:' ~ p_password) | b64encode }}"}, nope: 1}\n      vars: {p_password: ${canary}}`,
    ),
  }),
  'base64 of user and secret': canary => ({
    'site.yml': tasks(
      `- {debug: {msg: "{{ ('ops:' ~ peer_password) | b64encode }}"}, vars: {peer_password: ${canary}}}`,
    ),
  }),
  'an alias that is none': canary => ({ 'site.yml': tasks(`- {debug: {msg: x}, vars: {peer_password: *${canary}}}`) }),
  'a tag that is none': canary => ({ 'site.yml': tasks(`- {debug: {msg: x}, vars: {peer_password: !${canary} x}}`) }),
  'a value that is no YAML': canary => ({
    'site.yml': tasks(`- debug: {msg: x}\n      vars:\n        peer_password: "${canary}" ${canary}`),
  }),
  'a line for a switch that is refused': canary => ({
    'site.yml': tasks(`- nxos_config: {lines: ["snmp-server user ops auth sha ${canary} priv ${canary}\\rreload"]}`),
  }),
  snmp: canary => ({ 'site.yml': tasks(`- {debug: {var: snmp}, vars: {snmp: {community: ${canary}}}}`) }),
}

for (const [place, files] of Object.entries(PLACES)) {
  test(`a secret in ${place} is shown nowhere, in no form of report`, async () => {
    for (const canary of ['CanaryPlace77x', 'canary']) {
      const folder = folderOf({ 'hosts.yml': HOSTS, ...files(canary) })
      const forms = ['tree', 'plain', 'json', 'markdown']
      const ends = forms.map(form =>
        weft(['run', 'site.yml', '-i', 'hosts.yml', '-vv', '--diff', '--output', form], { folder }),
      )
      for (const ended of await Promise.all(ends)) holdsNone(ended, [canary])
    }
  })
}

test('an estate without secrets shows no asterisks', async () => {
  const folder = folderOf({
    'hosts.yml': 'all: {hosts: {localhost: {ansible_connection: local, token_ttl: 3600, password_policy: strict}}}',
    'site.yml': tasks(`- name: Password policy of the key chain
      debug: {msg: {password_length: 12, key_chain: peers, community: "65000:1", secretName: bgp, update_password: always, lines: [password strength-check, key 1, "key chain peers"]}}
    - debug: {msg: "http://192.0.2.1:8080/a@b?page=2 the password is 12 letters long; 3 of 4"}
    - command: echo no secret here
    - debug: {var: token_ttl}`),
  })
  for (const form of ['plain', 'json', 'markdown']) {
    const ended = await weft(['run', 'site.yml', '-i', 'hosts.yml', '-vv', '--diff', '--output', form], { folder })
    assert.is(ended.code, 0, ended.out)
    assert.not.match(ended.out.replaceAll('**', '') + ended.err, '***')
    assert.not.match(ended.out, '********')
  }
})

function tasks(text: string): string {
  return `- hosts: localhost\n  gather_facts: false\n  tasks:\n    ${text}\n`
}

test.run()
