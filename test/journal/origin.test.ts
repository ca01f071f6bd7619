import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { commitOf } from '../../src/journal/origin.ts'
import { folderOf } from '../support/folder.ts'

test('a folder that looks like a repository of its own starts no program by being looked at', async () => {
  const folder = folderOf({ 'play/playbook.yml': '[]\n' })
  const ran = join(folder, 'ran')
  const play = join(folder, 'play')
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', '-C', play, ...words], { stdio: 'pipe' })
  git('init', '-q')
  git('add', 'playbook.yml')
  git('commit', '-qm', 'one')
  writeFileSync(join(play, '.gitattributes'), '* filter=x\n')
  git('config', 'filter.x.clean', `touch ${ran}; cat`)
  git('config', 'core.worktree', play)
  assert.ok((await commitOf(play, process.env))?.id)
  cpSync(join(play, '.git'), play, { recursive: true })
  rmSync(join(play, '.git'), { recursive: true })
  rmSync(ran, { force: true })
  utimesSync(join(play, 'playbook.yml'), 1, 1)
  assert.is(await commitOf(play, process.env), null)
  assert.not.ok(existsSync(ran))
})

test.run()
