import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

/**
 * Whether whoever started this process wanted it to outlive the terminal (nohup). Node puts every signal back to its default when it
 * starts, so the answer is no longer in the process itself; what nohup leaves behind is: its name in `_`, standard input opened only
 * for writing, or a parent (a script below nohup) that ignores SIGHUP and so handed that on.
 */
export function isHangupIgnored(
  environment: NodeJS.ProcessEnv,
  { proc = '/proc', parent = process.ppid } = {},
): boolean {
  if (environment._ !== undefined && basename(environment._) === 'nohup') return true
  return isWriteOnly(read(`${proc}/self/fdinfo/0`)) || ignoresHangup(read(`${proc}/${parent}/status`))
}

/** The flags are octal, their last two bits the way it was opened: 1 = for writing only. */
function isWriteOnly(information: string): boolean {
  const [, flags = '0'] = /^flags:\s*([0-7]+)/m.exec(information) ?? []
  return (Number.parseInt(flags, 8) & 3) === 1
}

/** A hexadecimal mask of ignored signals; SIGHUP is the first. */
function ignoresHangup(status: string): boolean {
  const [, mask = '0'] = /^SigIgn:\s*([0-9a-f]+)/m.exec(status) ?? []
  return (BigInt(`0x${mask}`) & 1n) === 1n
}

/** Systems without /proc say nothing. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
