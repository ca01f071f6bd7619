import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'
import { weft } from '../support/weft.ts'

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  assert.equal(await weft(['--version']), { code: 0, out: `${version}\n`, err: '' })
})

test('an unknown command is invalid input and suggests the near one', async () => {
  const { code, err } = await weft(['pln', 'site.yml'])
  assert.is(code, 4)
  assert.match(err, /unknown command 'pln'[\s\S]*Did you mean plan/)
})

test('an unknown option is invalid input and suggests the near one', async () => {
  const { code, err } = await weft(['run', '--limt', 'x', 'site.yml'])
  assert.is(code, 4)
  assert.match(err, /unknown option '--limt'[\s\S]*--limit/)
})

test('a wrong command line of a plan is an error: a plan knows in sync, changes and error only', async () => {
  assert.is((await weft(['plan', '--limt', 'x', 'site.yml'])).code, 1)
  assert.is((await weft(['plan', '--forks', 'many', 'site.yml'])).code, 1)
})

test('help has examples and exit codes', async () => {
  const { code, out } = await weft(['run', '--help'])
  assert.is(code, 0)
  assert.match(out, /Examples:\n {2}weft run playbooks\/site\.yml/)
  assert.match(out, 'Exit codes: 0 done, 1 a task failed, 3 a host was unreachable, 4 invalid input.')
})

test('a wrong number of forks says what is allowed', async () => {
  const { code, err } = await weft(['run', '--forks', 'many', 'playbooks/site.yml'])
  assert.is(code, 4)
  assert.match(err, "--forks takes a whole number from 1 to 1000, not 'many'")
})

test('completion is a script that its shell accepts', async () => {
  const { code, out } = await weft(['completion', 'bash'])
  assert.is(code, 0)
  const { spawnSync } = await import('node:child_process')
  const check = spawnSync(
    'bash',
    ['-c', `${out}\nCOMP_WORDS=(weft plan --li) COMP_CWORD=2; _weft; echo "\${COMPREPLY[@]}"`],
    { encoding: 'utf8' },
  )
  assert.is(check.stderr, '')
  assert.is(check.stdout.trim(), '--limit --list-hosts --list-tasks')
})

test('a play of this machine needs no inventory', async () => {
  const folder = folderOf({
    'site.yml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n',
  })
  const { code, out } = await weft(['run', 'site.yml'], { folder })
  assert.is(code, 0)
  assert.match(out, 'only localhost is known')
  assert.match(out, 'hello')
})

test('a plan that looked at nothing does not call it in sync', async () => {
  const folder = folderOf({ 'site.yml': '- hosts: leaves\n  tasks: [{debug: {msg: hello}}]\n' })
  const { out } = await weft(['plan', 'site.yml'], { folder })
  assert.match(out, 'The pattern "leaves" matches no host or group.')
  assert.match(out, 'Plan: no task had a host to run on.')
})

test('a plan shows what it would do to a file', async () => {
  const tasks = '[{copy: {content: "new\\n", dest: "{{ playbook_dir }}/file"}}]'
  const folder = folderOf({
    'site.yml': `- hosts: localhost\n  gather_facts: false\n  tasks: ${tasks}\n`,
    file: 'old\n',
  })
  for (const words of [['plan'], ['run', '--check']]) {
    const { code, out } = await weft([...words, 'site.yml'], { folder })
    assert.is(code, 2)
    assert.match(out, / -old\n +\+new\n/)
  }
})

test('bash completes commands, options, their choices, modules and shells', async () => {
  const { out } = await weft(['completion', 'bash'])
  const completed = (...words: string[]) => {
    const list = words.map(word => `'${word}'`).join(' ')
    const script = `${out}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _weft; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim()
  }
  assert.is(completed('weft', 'pl'), 'plan')
  assert.is(completed('weft', 'plan', '--li'), '--limit --list-hosts --list-tasks')
  assert.is(completed('weft', 'run', 'site.yml', '--output', 'j'), 'json')
  assert.is(completed('weft', 'modules', 'nxos_co'), 'nxos_command nxos_config')
  assert.is(completed('weft', 'completion', ''), 'bash zsh fish')
})

test('a completion for an unknown shell names the known ones', async () => {
  const { code, err } = await weft(['completion', 'tcsh'])
  assert.is(code, 4)
  assert.match(err, 'Known shells: bash, zsh, fish.')
})

test('a run needs its ledger, a plan does not', async () => {
  const folder = folderOf({
    'site.yml': '- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n',
  })
  const { code, err } = await weft(['run', '--no-ledger', 'site.yml'], { folder })
  assert.is(code, 4)
  assert.match(err, '--no-ledger is for plans')
  for (const words of [['plan'], ['run', '--check']])
    assert.is((await weft([...words, '--no-ledger', 'site.yml'], { folder })).code, 0)
})

test.run()
