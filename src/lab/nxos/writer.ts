import type { ServerChannel } from 'ssh2'
import { type Faults, faultFits } from './faults.ts'

/** The way out to the client; what it is told to do wrong is done here. */
export interface Writer {
  /** Sends the output of a command. False when it hangs: nothing more will ever be sent. */
  send(text: string, command: string): boolean
  /** Calls back when all has left. */
  whenSent(callback: () => void): void
}

export function createWriter(
  channel: ServerChannel,
  { faults, rekey }: { faults: () => Faults; rekey: () => void },
): Writer {
  let hung = false
  const pending: string[] = []
  let pumping = false
  let sent: (() => void) | undefined

  const pump = () => {
    const piece = pending.shift()
    pumping = piece !== undefined
    if (piece === undefined || channel.destroyed) return sent?.()
    channel.write(piece)
    setImmediate(pump)
  }

  return {
    whenSent(callback) {
      sent = callback
      if (!pumping) callback()
    },
    send(text, command) {
      if (hung || channel.destroyed) return false
      const { hang, chunkBytes, syslog, rekey: renew, drip, endless } = faults()
      const is = (fault: { readonly pattern: string } | undefined) =>
        fault !== undefined && command !== '' && faultFits(fault.pattern, command)
      if (is(endless) || is(drip)) {
        hung = true
        channel.write(text.slice(0, text.length / 2))
        forEver(channel, is(endless) ? null : (drip?.everyMs ?? 0))
        return false
      }
      if (is(renew)) {
        const half = Math.floor(text.length / 2)
        channel.write(text.slice(0, half))
        rekey()
        channel.write(text.slice(half))
        return true
      }
      const disturbed =
        syslog && command !== '' && faultFits(syslog.pattern, command) ? disturb(text, syslog.text) : text
      hung = hang !== undefined && command !== '' && faultFits(hang.pattern, command)
      const bytes = hung ? disturbed.slice(0, hang?.afterBytes) : disturbed
      if (chunkBytes === undefined && !pumping) channel.write(bytes)
      else for (const piece of pieces(bytes, chunkBytes ?? bytes.length)) pending.push(piece)
      if (!pumping && pending.length > 0) pump()
      return !hung
    },
  }
}

/** Lines as fast as they are taken, or a letter every so many milliseconds. */
function forEver(channel: ServerChannel, everyMs: number | null): void {
  if (!channel.writable) return
  if (everyMs !== null) {
    channel.write('.')
    setTimeout(() => forEver(channel, everyMs), everyMs).unref()
    return
  }
  if (channel.write('0123456789abcdef\r\n'.repeat(2000))) setImmediate(() => forEver(channel, null))
  else channel.once('drain', () => forEver(channel, null))
}

/** A console message in the middle of an answer: behind the second of its lines. */
function disturb(text: string, message?: string): string {
  const said = message ?? '%ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/33 is down (Link failure)'
  const time = new Date().toUTCString().split(' ')
  const line = `${time[3]} ${time[2]} ${time[1]} ${time[4]} switch ${said}\r\n`
  const second = text.indexOf('\r\n', text.indexOf('\r\n') + 2)
  const at = second < 0 ? text.lastIndexOf('\r') : second + 2
  return `${text.slice(0, at)}${line}${text.slice(at)}`
}

function pieces(text: string, size: number): string[] {
  if (text === '') return []
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
}
