import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { PortQuestion } from '../../model/machine.ts'

/** The most that is read of what a port says. */
const MOST_SAID = 1024 * 1024

/** Asks a TCP port from this machine. */
export function probeLocal(question: PortQuestion, signal: AbortSignal): Promise<string | null> {
  const socket = connect({ host: question.address, port: question.port })
  const opened = new Promise<Duplex | null>(resolve => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
    socket.once('close', () => resolve(null))
  })
  return listenTo({ opened, end: () => socket.destroy() }, question, signal)
}

/** What comes out of an opened connection, until it is enough; null when it never is. The connection is ended. */
export function listenTo(
  { opened, end }: { opened: Promise<Duplex | null>; end: () => void },
  { seconds, enough }: PortQuestion,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let said = ''
    const settle = (answer: string | null) => {
      clearTimeout(late)
      signal.removeEventListener('abort', giveUp)
      end()
      resolve(answer)
    }
    const giveUp = () => settle(null)
    const late = setTimeout(giveUp, seconds * 1000)
    signal.addEventListener('abort', giveUp)
    opened.then(
      stream => {
        if (!stream) return settle(null)
        if (!enough) return settle('')
        stream.on('data', (data: Buffer) => {
          said += data.toString('latin1')
          try {
            if (enough(said)) settle(said)
            else if (said.length > MOST_SAID) settle(null)
          } catch (error) {
            reject(error)
            giveUp()
          }
        })
        stream.once('error', giveUp)
        stream.once('close', giveUp)
      },
      error => {
        reject(error)
        giveUp()
      },
    )
  })
}
