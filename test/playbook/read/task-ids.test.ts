import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Step } from '../../../src/model/play.ts'
import { modules } from '../../../src/modules/index.ts'
import { loadPlaybook } from '../../../src/playbook/read/load.ts'
import { folderOf } from '../../support/folder.ts'

const FILES = {
  'site.yml': `- hosts: all
  tasks:
    - debug: {msg: one}
    - import_tasks: tasks/more.yml
    - block:
        - import_tasks: tasks/more.yml
- hosts: all
  tasks:
    - debug: {msg: two}
`,
  'tasks/more.yml': '- debug: {msg: more}\n- block:\n    - debug: {msg: deeper}\n',
}

function idsOf(step: Step): string[] {
  if (step.type === 'task') return [step.id]
  return [step.id, ...[...step.tasks, ...step.rescue, ...step.always].flatMap(idsOf)]
}

async function idsIn(folder: string): Promise<string[]> {
  const { plays } = await loadPlaybook(join(folder, 'site.yml'), { modules })
  return plays.flatMap(play => play.tasks.flatMap(idsOf))
}

test('a task has the same id in every process and folder, made of its place, and no two share one', async () => {
  const ids = await idsIn(folderOf(FILES))
  assert.equal(ids, await idsIn(folderOf(FILES)))
  assert.is(new Set(ids).size, ids.length)
  assert.ok(ids.includes('site.yml:3'))
  assert.ok(ids.includes('tasks/more.yml:1'))
  assert.ok(ids.includes('tasks/more.yml:1~2'))
})

test.run()
