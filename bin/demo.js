#!/usr/bin/env node
// `npm run demo`: plan, run and plan again two real designs against the embedded fabric. Everything stays on loopback.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { nodeForWeft } from './local-node.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const weft = join(root, 'bin/weft.js')
const node = nodeForWeft() ?? process.execPath
const running = new Set()
const started = performance.now()
const leftOut = whatIsLeftOut()
let endedBy = null

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => end(name))
// A reader that leaves early (| head) has seen enough.
process.stdout.on('error', () => end('SIGPIPE'))

const state = mkdtempSync(join(tmpdir(), 'weft-demo-'))
try {
  say('Starting the lab: four NX-OS leaves, an APIC and two Kubernetes clusters, in one process on loopback …')
  if (leftOut) say(leftOut)
  await startLab()
  await step('What would change?', 'plan', 2)
  await step('Change it.', 'run', 0)
  await step('And now? Nothing may be left to do.', 'plan', 0)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  say(`Done in ${seconds} s. Now read docs/getting-started.md, or start a lab of your own: npm run weft -- lab`)
  if (leftOut) say(leftOut)
} catch (error) {
  if (endedBy === null) console.error(`\nThe demo failed: ${error.message}`)
  process.exitCode = endedBy === null ? 1 : 128 + constants.signals[endedBy]
} finally {
  await Promise.all([...running].map(letGo))
  rmSync(state, { recursive: true, force: true })
}

/** One line where kubectl is missing or too old for the Kubernetes part; the fabric's part needs no program. */
function whatIsLeftOut() {
  const { stdout } = spawnSync('kubectl', ['version', '--client', '--output=json'], { encoding: 'utf8' })
  const [, major, minor] = /"gitVersion":\s*"v(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  if (Number(major) > 1 || Number(minor) >= 20) return null
  const found = major ? `kubectl here is ${major}.${minor}` : 'there is no kubectl here'
  return `Left out: the Kubernetes part, for ${found}. It needs kubectl 1.20 or newer (Debian, Ubuntu: apt install kubernetes-client; macOS: brew install kubectl).`
}

/** Starts weft. It ends by itself, after its running step, when this process is gone: by the channel, which then closes. */
function start(words, stdout) {
  const child = spawn(node, [weft, ...words], { cwd: root, stdio: ['ignore', stdout, 'inherit', 'ipc'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function startLab() {
  const child = start(['lab', '--json', '--state', state], 'pipe')
  const up = once(createInterface({ input: child.stdout }), 'line')
  await Promise.race([
    up,
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the lab ended with ${code}`))),
  ])
}

async function step(title, mode, expected) {
  const words = [mode, 'playbooks/site.yml', ...(leftOut ? ['--tags', 'fabric'] : [])]
  say(`${title}\n$ weft ${words.join(' ')} -i inventory -i .weft/lab/inventory`)
  const child = start([...words, '-i', 'inventory', '-i', join(state, 'inventory')], 'inherit')
  const [code] = await once(child, 'exit')
  if (endedBy !== null || code !== expected) throw new Error(`weft ${mode} ended with ${code}, expected ${expected}`)
}

function end(name) {
  endedBy ??= name
  for (const child of running) if (child.connected) child.disconnect()
}

function letGo(child) {
  if (child.connected) child.disconnect()
  return once(child, 'exit')
}

function say(text) {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR
  console.log(bold ? `\n\x1b[1m${text}\x1b[0m` : `\n${text}`)
}
