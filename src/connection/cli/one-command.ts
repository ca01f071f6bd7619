import { StringDecoder } from 'node:string_decoder'
import type { Client, ClientChannel } from 'ssh2'
import type { Failure } from '../../model/failure.ts'
import { lost, unanswered } from './broken-off.ts'
import { type Limits, watchAnswer } from './limits.ts'
import { lineSplitter } from './line-splitter.ts'

/** What a command printed, and why no more came. */
export interface Printed {
  readonly output: readonly string[]
  readonly failure: Failure | null
}

/**
 * Runs one command on a channel of its own (`ssh HOST COMMAND`): no terminal, so no echo, prompt, pager or console messages.
 * @param name the host as the inventory has it.
 * @returns null where the device allows no such channel, or does not say how the command ended.
 */
export function runOneCommand(
  client: Client,
  { name, command, limits }: { name: string; command: string; limits: Limits },
): Promise<Printed | null> {
  return new Promise(resolve => {
    let stands = true
    let isOpen = false
    const give = (failure: Failure) => resolve({ output: [], failure })
    const watch = watchAnswer(limits, excess => {
      give(unanswered({ name, limits, excess, command: { line: command, output: [] }, partial: '' }))
    })
    client.once('close', () => {
      stands = false
      watch.stop()
      // An open channel says for itself what it had heard until then.
      if (!isOpen) give(lost(name, CLOSED))
    })
    client.exec(command, (error, channel) => {
      isOpen = true
      watch.stop()
      if (error) resolve(null)
      else resolve(listen(channel, { name, command, limits, stands: () => stands }))
    })
  })
}

/** How a connection ended before the command had a channel: a full switch may do that. */
export const CLOSED = 'closed the connection'

function listen(
  channel: ClientChannel,
  { name, command, limits, stands }: { name: string; command: string; limits: Limits; stands: () => boolean },
): Promise<Printed | null> {
  return new Promise(resolve => {
    const output: string[] = []
    const splitter = lineSplitter(line => output.push(line))
    const decoder = new StringDecoder('utf8')
    let isWhole = false
    const end = (failure: Failure | null) => {
      watch.stop()
      if (splitter.partial() !== '') output.push(splitter.partial())
      resolve({ output, failure })
    }
    const watch = watchAnswer(limits, excess => {
      const partial = splitter.end().text
      resolve({
        output: [],
        failure: unanswered({ name, limits, excess, command: { line: command, output }, partial }),
      })
      channel.removeAllListeners('data').close()
    })
    channel.on('data', (chunk: Buffer) => {
      watch.heard(chunk.length)
      splitter.feed(decoder.write(chunk))
    })
    // The exit status is the proof that nothing is missing: a connection that broke also closes its channels. A device that gives none is
    // asked otherwise.
    channel.on('exit', (code: number | null) => {
      isWhole = code !== null
    })
    channel.on('error', (error: Error) => end(lost(name, `broke the session off: ${error.message}`)))
    channel.on('close', () => {
      if (isWhole) return end(null)
      // The connection tells of its own end a moment later.
      setImmediate(() => {
        watch.stop()
        if (stands()) resolve(null)
        else end(lost(name, 'closed the session'))
      })
    })
  })
}
