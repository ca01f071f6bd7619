import { FailureError } from '../../model/failure.ts'

/** Commands that only look. NX-OS takes them abbreviated to these lengths. */
const LOOKS = /^(sh(o|ow)?|ping6?|traceroute6?|dir|pwd|where|more) ?(?=\s|$)/i

/** Pipes that only filter; `| vsh`, `| tee`, `| diff`, `| email` and redirections write or run something. */
const FILTERS =
  /^(inc(l|lu|lud|lude)?|exc(l|lu|lud|lude)?|beg(i|in)?|sec(t|ti|tio|tion)?|grep|egrep|json(-pretty)?|xml|no-more|last|head|count|wc|sort|uniq|cut|tr|start|end)\b/i

/** True for an exec-mode command that changes nothing on the switch, its pipes and redirections included. */
export function isReadOnly(command: string): boolean {
  if (/[\r\n;>]/.test(command)) return false
  const [first = '', ...pipes] = splitPipes(command)
  return LOOKS.test(first.trim()) && pipes.every(pipe => FILTERS.test(pipe.trim()))
}

/** @throws FailureError unsafe for a command that may change something. */
export function assertReadOnly(command: string): void {
  if (isReadOnly(command)) return
  throw new FailureError({
    code: 'unsafe',
    message: `'${command}' may change the switch, and here weft only reads.`,
    remedy:
      'Only show, ping, traceroute, dir, pwd, where and more are read-only, without redirection (>) and with filtering pipes only.',
  })
}

/** Splits at pipes outside quotes: `include "a|b"` is one filter. */
function splitPipes(command: string): string[] {
  const parts = ['']
  let quoted = false
  for (const character of command) {
    if (character === '"') quoted = !quoted
    if (character === '|' && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
