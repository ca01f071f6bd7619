import { writeSync } from 'node:fs'
import { run } from 'uvu/run'

export interface Order {
  /** A test file to run; null = there are no more. */
  readonly next: { readonly name: string; readonly file: string } | null
}

export interface Report {
  /** What uvu and the tests printed. */
  readonly text: string
  /** Set with the last: what was left out, for want of a program. */
  readonly leftOut?: readonly string[]
}

const queue = globalThis as unknown as { UVU_QUEUE?: unknown[] }

// The output of a file is sent when it is whole, so that those of two workers do not mix; what is left of it when the process ends early is
// written as it is.
let text = ''
process.stdout.write = ((chunk: string | Uint8Array) => {
  text += String(chunk)
  return true
}) as typeof process.stdout.write
process.once('exit', () => writeSync(1, text))

process.on('message', async ({ next }: Order) => {
  if (next === null) {
    const { leftOutLines } = await import('../support/where.ts')
    process.send?.({ text, leftOut: leftOutLines() } satisfies Report)
    text = ''
    process.disconnect()
    return
  }
  // uvu keeps the tests of files that have run.
  if (queue.UVU_QUEUE) queue.UVU_QUEUE.length = 0
  await run([next], { bail: false })
  process.send?.({ text } satisfies Report)
  text = ''
})
