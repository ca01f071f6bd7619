import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createDelayLine } from './delay-line.ts'

/**
 * A client's socket as at the end of a long wire: what the client sends comes `latencyMs` later, so every answer does, those of the SSH
 * login too. The function is asked for each piece; 0 = at once.
 */
export function longWire(socket: Socket, latencyMs: () => number): Duplex {
  const end = new Duplex({
    read: () => {},
    write: (piece, encoding, done) => socket.write(piece, encoding, done),
    final: done => socket.end(done),
    destroy: (error, done) => {
      line.close()
      socket.destroy()
      done(error)
    },
  })
  let underway = 0
  const line = createDelayLine<Buffer | null>({
    latencyMs,
    deliver: piece => {
      underway--
      end.push(piece)
    },
    idle: () => {},
  })
  const take = (piece: Buffer | null) => {
    if (latencyMs() === 0 && underway === 0) return void end.push(piece)
    underway++
    line.push(piece)
  }
  socket.on('data', take)
  socket.on('end', () => take(null))
  socket.on('error', error => end.destroy(error))
  socket.on('close', () => end.destroy())
  // What ssh2 asks of a socket beside the stream.
  return Object.assign(end, { remoteAddress: socket.remoteAddress })
}
