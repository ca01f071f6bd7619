import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as z from 'zod'
import { FailureError } from '../../../src/model/failure.ts'
import type { ActionModule } from '../../../src/model/module.ts'
import type { Block, Play, Step, Task } from '../../../src/model/play.ts'
import { checkArguments } from '../../../src/playbook/read/arguments.ts'
import { loadPlaybook, loadRole, loadTasks } from '../../../src/playbook/read/load.ts'
import { folderOf } from '../../support/folder.ts'
import { entryOf } from '../../support/module-entry.ts'

const made = (name: string, args: z.ZodType, more: object = {}): ActionModule<never> => ({
  name,
  summary: '',
  args: args as never,
  changes: false,
  examples: [],
  run: async () => ({}),
  ...more,
})
const modules = [
  made(
    'say',
    z.strictObject({ msg: z.unknown().optional(), count: z.number().optional(), kind: z.enum(['a', 'b']).optional() }),
    { aliases: ['far.away.say'] },
  ),
  made('run', z.strictObject({ cmd: z.string(), chdir: z.string().optional() }), { freeForm: 'cmd' }),
].map(entryOf)

async function plays(files: Record<string, string>): Promise<Play[]> {
  const folder = folderOf(files)
  return (await loadPlaybook(`${folder}/site.yml`, { modules })).plays
}

async function refusal(text: string, more: Record<string, string> = {}): Promise<string> {
  const folder = folderOf({ 'site.yml': text, ...more })
  try {
    await loadPlaybook(`${folder}/site.yml`, { modules })
    return 'nothing was refused'
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    assert.is(error.failure.code, 'invalid')
    return `${error.failure.message} ${error.failure.remedy}`.replaceAll(`${folder}/`, '')
  }
}

/** All tasks, those in blocks included. */
const flat = (steps: readonly Step[]): Task[] =>
  steps.flatMap(step =>
    step.type === 'task' ? [step] : [...flat(step.tasks), ...flat(step.rescue), ...flat(step.always)],
  )
const play = (tasks: string) => `- hosts: all\n  tasks:\n${tasks.replace(/^/gm, '    ')}\n`

test('a play with its keywords, tasks, blocks and handlers', async () => {
  const [first] = await plays({
    'site.yml': `
- name: one
  hosts: [leafs, spines]
  serial: [1, 50%]
  vars: {a: 1}
  tags: x,y
  tasks:
    - name: talk
      far.away.say: {msg: "{{ a }}"}
      when: [a, b]
      loop: [1, 2]
      loop_control: {loop_var: each}
      register: said
      notify: told
      retries: 3
      until: said is succeeded
    - block:
        - ansible.builtin.run: ls -l chdir=/tmp
      rescue:
        - local_action: say msg="two words" kind=a
  handlers:
    - name: told
      listen: [t]
      say:
`,
  })
  assert.ok(first)
  assert.equal(
    [first.name, first.hosts, first.serial, first.tags, first.vars],
    ['one', 'leafs,spines', [1, '50%'], ['x', 'y'], { a: 1 }],
  )
  const [talk, list, local] = flat(first.tasks) as [Task, Task, Task]
  assert.equal(
    [talk.action, talk.when, talk.loop, talk.register],
    ['far.away.say', ['a', 'b'], { form: 'loop', over: [1, 2], control: { loop_var: 'each' } }, 'said'],
  )
  assert.equal([talk.at.line, talk.argsPath], [8, ['far.away.say']])
  assert.equal(list.args, { cmd: 'ls -l', chdir: '/tmp' })
  assert.equal([local.args, local.delegateTo], [{ msg: 'two words', kind: 'a' }, 'localhost'])
  assert.equal((first.handlers[0] as Task).listen, ['t'])
})

test('imports are put in place with their keywords, includes stay tasks', async () => {
  const [first, second] = await plays({
    'site.yml':
      '- import_playbook: sub/other.yml\n  tags: t\n  vars: {v: 2}\n- hosts: b\n  tasks:\n    - import_tasks: "tasks/{{ n }}.yml"\n      when: go\n    - include_tasks: tasks/later.yml\n  vars: {n: one}\n',
    'sub/other.yml': '- hosts: a\n  vars: {v: 1}\n  tasks: [{say: {msg: a}}]\n',
    'tasks/one.yml': '- say: {msg: one}\n- import_tasks: two.yml\n',
    'tasks/two.yml': '- say: {msg: two}\n',
  })
  assert.equal([first?.tags, first?.vars], [['t'], { v: 2 }])
  const steps = second?.tasks ?? []
  assert.equal((steps[0] as Block).when, ['go'])
  assert.equal(
    flat(steps).map(task => task.args),
    [{ msg: 'one' }, { msg: 'two' }, { file: 'tasks/later.yml' }],
  )
  assert.match(flat(steps)[1]?.folders[0] ?? '', /tasks$/)
})

test('roles bring defaults, vars, handlers and the roles they depend on', async () => {
  const files = {
    'site.yml': '- hosts: a\n  roles:\n    - {role: web, port: 80, when: up}\n  tasks: [{say: }]\n',
    'roles/web/tasks/main.yml': '- say: {msg: web}\n',
    'roles/web/defaults/main.yml': 'port: 1\n',
    'roles/web/vars/main.yml': 'kind: web\n',
    'roles/web/handlers/main.yml': '- name: h\n  say:\n',
    'roles/web/meta/main.yml': 'dependencies: [base]\n',
    'roles/base/tasks/main.yml': '- say: {msg: base}\n',
  }
  const [first] = await plays(files)
  assert.equal(
    flat(first?.tasks ?? []).map(task => task.role),
    ['base', 'web', undefined],
  )
  assert.equal([first?.roleDefaults, first?.roleVars, first?.handlers.length], [{ port: 1 }, { kind: 'web' }, 1])
  const block = first?.tasks[0] as Block
  assert.equal([block.vars, block.when], [{ kind: 'web', port: 80 }, ['up']])
  const folder = folderOf(files)
  const role = await loadRole('web', { modules, folders: [folder], playbookFolder: folder, within: '' })
  assert.equal([role.name, role.defaults, role.tasks.length], ['web', { port: 1 }, 2])
})

test('every mistake has its place, what is allowed, and the nearest word', async () => {
  assert.match(
    await refusal('- hosts: a\n  taskss: []\n'),
    /^site\.yml:2:3: "taskss" is not a keyword of a play\. Did you mean "tasks"\? A play takes: /,
  )
  assert.match(
    await refusal(play('- sya: {msg: x}')),
    /^site\.yml:3:7: couldn't resolve module\/action "sya".* Did you mean "say"\?/,
  )
  assert.match(
    await refusal(play('- say: {mgs: x}')),
    /^site\.yml:3:13: Unsupported parameter "mgs" for say\. Did you mean "msg"\?/,
  )
  assert.match(
    await refusal(play('- say: {count: many}')),
    /^site\.yml:3:13: say: count: it must be a number, not the text "many"/,
  )
  assert.match(await refusal(play('- say: {kind: c}')), /kind: it must be one of a, b, not the text "c"/)
  assert.match(await refusal(play('- run: {chdir: /}')), /^site\.yml:3:7: run: missing required argument "cmd"/)
  assert.match(await refusal(play('- say: {msg: a}\n  run: ls')), /conflicting action statements: say, run/)
  assert.match(await refusal(play('- name: nothing')), /no module\/action detected/)
  assert.match(await refusal(play('- run: ls chdir=/a chdir=/b')), /the argument chdir is given twice/)
  assert.match(
    await refusal(play('- say:\n  ignore_errors: perhaps')),
    /"ignore_errors" must be yes or no, not the text "perhaps"/,
  )
  assert.match(await refusal(play('- say:\n  loop: [1]\n  with_items: [2]')), /both "loop" and "with_items"/)
  assert.match(await refusal(play('- say:\n  register: no-dash')), /Invalid variable name in 'register'/)
  assert.match(await refusal('- hosts:\n  tasks: []\n'), /the host pattern of the play is empty/)
  assert.match(await refusal(''), /is empty: there is nothing to do/)
  assert.match(await refusal('hosts: a\n'), /a playbook must be a list of plays, not a mapping/)
  assert.match(await refusal(play('- just text')), /a task must be a mapping with a module, not the text "just text"/)
  assert.match(await refusal(play('- say:\n  become: true')), /weft does not change users/)
})

test('expressions are parsed before anything runs', async () => {
  assert.match(
    await refusal(play('- say:\n  when: a ==')),
    /^site\.yml:4:7: template error: unexpected end of the expression/,
  )
  assert.match(
    await refusal(play('- say: {msg: "{{ a | uper }}"}')),
    /^site\.yml:3:13: there is no filter named "uper"\. Did you mean "upper"\?/,
  )
  assert.match(await refusal(play('- say: {msg: "{{ a"}')), /\{\{ is not closed by \}\}/)
})

test('all problems come at once', async () => {
  const message = await refusal(play('- sya:\n- say: {mgs: 1}\n- say:\n  whn: x'))
  assert.match(message, /:3:7:.*\n.*:4:13:.*\n.*:6:7:/)
  assert.match(message, '3 problems; nothing was touched.')
})

test('files that import each other in a circle are named, and so are missing ones', async () => {
  const circle = await refusal(play('- import_tasks: a.yml'), {
    'a.yml': '- import_tasks: b.yml\n',
    'b.yml': '- import_tasks: a.yml\n',
  })
  assert.match(circle, /^b\.yml:1:3: the file imports itself: a\.yml → b\.yml → a\.yml/)
  assert.match(await refusal('- import_playbook: site.yml\n'), /the playbook imports itself: site\.yml → site\.yml/)
  assert.match(await refusal(play('- import_tasks: none.yml')), /could not find the file none\.yml/)
  assert.match(await refusal('- hosts: a\n  roles: [none]\n'), /the role "none" was not found/)
})

test('a task that may fail may also fail by its arguments when it runs', async () => {
  const [first] = await plays({ 'site.yml': play('- say: {mgs: x}\n  ignore_errors: true') })
  const task = flat(first?.tasks ?? [])[0] as Task
  const module = (await modules[0]?.load()) as ActionModule<never>
  assert.throws(
    () => checkArguments(module, task.args, { source: task.source, path: task.argsPath }),
    /:3:13: Unsupported parameter "mgs"/,
  )
  assert.equal(checkArguments(module, 'msg="a b"', { source: task.source, path: [] }), { msg: 'a b' })
})

test('a module is loaded when a task names it, by whichever name, and no other is', async () => {
  const asked: string[] = []
  const noted = modules.map(entry => ({
    ...entry,
    load: () => {
      asked.push(entry.names[0])
      return entry.load()
    },
  }))
  const folder = folderOf({ 'site.yml': play('- debug: {}\n- block: [{far.away.say: {msg: x}}]') })
  await loadPlaybook(`${folder}/site.yml`, { modules: noted }).catch(() => {})
  assert.equal(asked, ['say'])
})

test('tasks are loaded at run time from the folders of the task that includes them', async () => {
  const folder = folderOf({ 'sub/more.yml': '- say: {msg: more}\n' })
  const options = { modules, folders: [`${folder}/sub`, folder], playbookFolder: folder, within: '' }
  assert.equal(
    flat(await loadTasks('more.yml', options)).map(task => task.args),
    [{ msg: 'more' }],
  )
  try {
    await loadTasks('less.yml', options)
    assert.unreachable()
  } catch (error) {
    assert.match((error as Error).message, 'Could not find less.yml; looked in')
  }
})

test.run()
