import { knownSecretsIn, secretValues } from '../../diff/cli/secret.ts'
import { isSecret } from '../../model/secret.ts'
import { isMapping, type Value } from '../../model/value.ts'

/** `show snmp community` has no names that say what is a secret: the first column of its table is. */
const COMMUNITIES = /^\s*sh\w*\s+snmp\s+comm/i

/**
 * The secrets in what a switch answered: of configuration lines in a text, by names in a value. Only what is sure counts, as they are followed by
 * value from then on.
 */
export function answerSecrets(command: string, answer: Value): readonly string[] {
  if (typeof answer !== 'string') return namedSecrets(answer)
  const lines = answer.split('\n')
  const inLines = lines.flatMap(line => secretValues(knownSecretsIn(line.trim())))
  return [...new Set(COMMUNITIES.test(command) ? [...inLines, ...firstColumn(lines)] : inLines)]
}

/** The first words below the dashes under the head of a table. */
function firstColumn(lines: readonly string[]): string[] {
  const dashes = lines.findIndex(line => /^-{3,}/.test(line.trim()))
  if (dashes < 0) return []
  return lines.slice(dashes + 1).flatMap(line => /^\S+/.exec(line)?.[0] ?? [])
}

function namedSecrets(value: Value, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(entry => namedSecrets(entry, name))
  if (isMapping(value)) return Object.entries(value).flatMap(([key, entry]) => namedSecrets(entry, key))
  if (typeof value !== 'string' && typeof value !== 'number') return []
  return /^community_?name$/i.test(name) || isSecret(name, value) ? [String(value)] : []
}
