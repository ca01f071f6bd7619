// Plain JavaScript on purpose: it runs on the older Node that npm came with.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The Node that a checkout carries as a development dependency. */
const carried = join(dirname(fileURLToPath(import.meta.url)), '../node_modules/node/bin/node')

/** The Node to run weft with: this one if it is new enough, else the checkout's own; null where there is none. */
export function nodeForWeft() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return existsSync(carried) ? carried : null
}

/**
 * Runs a command in the place of this process, and ends as it ends. What this process is told goes on to the command: a signal by
 * message where the command listens for messages, so that a Ctrl-C, which the terminal sends to both, counts once
 * (src/cli/process/wrapper.ts). When this process is killed, the command sees the channel close, and ends after its running step.
 */
export function standInFor(node, words) {
  const child = spawn(node, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  let listens = false
  child.on('message', message => {
    if (message?.weft === 'listens') listens = message.now
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => {
      if (listens && child.connected) child.send({ weft: 'signal', name }, () => {})
      else child.kill(name)
    })
  child.once('error', ({ code }) => {
    console.error(`${node} cannot be started (${code}). Run 'npm ci' again on this machine.`)
    process.exit(4)
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
