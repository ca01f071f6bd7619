#!/usr/bin/env node
// `npm run demo`: plan, run and plan again two real designs against the embedded fabric. Everything stays on loopback.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const weft = join(root, 'bin/weft.js')
const state = mkdtempSync(join(tmpdir(), 'weft-demo-'))
const started = performance.now()
let lab

try {
  say('Starting the lab: four NX-OS leaves, an APIC and two Kubernetes clusters, in one process on loopback …')
  lab = await startLab()
  await step('What would change?', 'plan', 2)
  await step('Change it.', 'run', 0)
  await step('And now? Nothing may be left to do.', 'plan', 0)
  say(
    `Done in ${((performance.now() - started) / 1000).toFixed(1)} s. Now read docs/getting-started.md, or start a lab of your own: npm run weft -- lab`,
  )
} catch (error) {
  console.error(`\nThe demo failed: ${error.message}`)
  process.exitCode = 1
} finally {
  lab?.kill('SIGTERM')
  rmSync(state, { recursive: true, force: true })
}

function startLab() {
  const child = spawn(process.execPath, [weft, 'lab', '--json', '--state', state], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve(child))
    child.once('exit', code => reject(new Error(`the lab ended with ${code}`)))
  })
}

async function step(title, mode, expected) {
  const words = [mode, 'playbooks/site.yml', '-i', 'inventory', '-i', join(state, 'inventory')]
  say(`${title}\n$ weft ${words.slice(0, 4).join(' ')} -i .weft/lab/inventory`)
  const code = await run(words)
  if (code !== expected) throw new Error(`weft ${mode} ended with ${code}, expected ${expected}`)
}

function run(words) {
  const child = spawn(process.execPath, [weft, ...words], { cwd: root, stdio: 'inherit' })
  return new Promise(resolve => child.once('exit', code => resolve(code)))
}

function say(text) {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR
  console.log(bold ? `\n\x1b[1m${text}\x1b[0m` : `\n${text}`)
}
