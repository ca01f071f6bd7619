import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderOf } from '../support/folder.ts'

const test = suite('the demo, broken off')

/** Starts the demo and ends it at its first plan. Resolves when nothing that it started holds its output any more. */
async function broken(signal: NodeJS.Signals): Promise<{ code: number | null; left: string[] }> {
  const temporary = folderOf({})
  const child = spawn(process.execPath, ['bin/demo.js'], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stdout.on('data', text => {
    said += text
    if (child.exitCode === null && said.includes('What would change?')) child.kill(signal)
  })
  const [code] = await once(child, 'close')
  return { code, left: readdirSync(temporary).filter(name => name.startsWith('weft-')) }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends the lab and the plan with it, and nothing is left behind`, async () => {
    assert.equal(await broken(signal), { code, left: [] })
  })

test('a demo that is killed leaves no lab running', async () => {
  const { code } = await broken('SIGKILL')
  assert.is(code, null)
})

test.run()
