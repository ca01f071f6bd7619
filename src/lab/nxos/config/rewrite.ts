import type { ConfigRule } from '../grammar/rule.ts'
import { typeFive, typeThree } from './password.ts'

/**
 * The form in which NX-OS keeps a line, where that is more than its words spelled out: secrets never stay in clear.
 * null = the words as they are.
 */
export function rewriteLine(rule: ConfigRule, words: readonly string[]): string | null {
  if (rule.effect === 'password') return rewritePassword(words)
  if (rule.effect === 'username') return rewriteUser(words)
  return null
}

function rewritePassword(words: readonly string[]): string | null {
  const clear = words.length === 2 ? words[1] : words[1] === '0' ? words[2] : undefined
  return clear === undefined ? null : `password 3 ${typeThree(clear)}`
}

function rewriteUser(words: readonly string[]): string | null {
  if (words[2] !== 'password') return null
  const typed = /^[0589]$/.test(words[3] ?? '') && words.length > 4 && words[4] !== 'role'
  const kind = typed ? words[3] : '0'
  const secret = (typed ? words[4] : words[3]) ?? ''
  const rest = words.slice(typed ? 5 : 4)
  const role = rest.includes('role') ? rest : ['role', 'network-operator', ...rest]
  if (kind !== '0' && rest.includes('role')) return null
  const kept = kind === '0' ? `5 ${typeFive(secret)}` : `${kind} ${secret}`
  return `username ${words[1]} password ${kept}  ${role.join(' ')}`
}
