import { isSecret } from '../../model/secret.ts'
import { isMapping, type Value } from '../../model/value.ts'

/** The secrets of an answer by the names in it: `{"access_token": …}`, whether it is data or the JSON text of some. */
export function secretsInAnswer(answer: Value | undefined): string[] {
  return answer === undefined ? [] : named(typeof answer === 'string' ? dataOf(answer) : answer)
}

/** What a server's `Set-Cookie` hands out: whoever has it is logged in. */
export function cookieSecrets(header: string | undefined): string[] {
  return [...(header ?? '').matchAll(/(?:^|, ?)[\w!#$%&'*+.^`|~-]+="?([^\s;,"]{8,})/g)].map(
    ([, value]) => value as string,
  )
}

function dataOf(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    return JSON.parse(text) as Value
  } catch {
    return null
  }
}

function named(value: Value, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(entry => named(entry, name))
  if (isMapping(value)) return Object.entries(value).flatMap(([key, entry]) => named(entry ?? null, key))
  if (typeof value !== 'string' && typeof value !== 'number') return []
  return isSecret(name, value) ? [String(value)] : []
}
