import type { CliTree } from '../../model/nxos.ts'
import { cliIndex } from './children-at.ts'
import { contextKind } from './context.ts'

/** True when the lines that stand there mean the wanted line, although none of them is spelled like it. */
export function isSpelledOtherwise(siblings: CliTree, parents: readonly string[], line: string): boolean {
  const kind = contextKind(parents)
  const shown = (text: string) => cliIndex(parents, siblings).get(text)?.line === text
  if (kind === 'peer-af' && line.startsWith('send-community')) {
    const [standard, extended] = [shown('send-community'), shown('send-community extended')]
    if (line.endsWith(' both')) return standard && extended
    return (shown('send-community both') && !/ both$/.test(line)) || (line.endsWith(' standard') && standard)
  }
  const target = kind === 'vrf-af' ? /^route-target (import|export|both) (.+)$/.exec(line) : null
  if (target?.[1] === 'both')
    return shown(`route-target import ${target[2]}`) && shown(`route-target export ${target[2]}`)
  if (target) return shown(`route-target both ${target[2]}`)
  return isSequenced(siblings, kind, line)
}

/** True when a line that stands there is one of those that the asked line means: `no send-community both` takes two lines away. */
export function isPartOf(parents: readonly string[], shown: string, asked: string): boolean {
  const kind = contextKind(parents)
  if (kind === 'peer-af' && asked === 'send-community both') return /^send-community( extended| standard)?$/.test(shown)
  const target = kind === 'vrf-af' ? /^route-target both (.+)$/.exec(asked)?.[1] : undefined
  if (target) return shown === `route-target import ${target}` || shown === `route-target export ${target}`
  return isSequenced([{ line: shown, children: [] }], kind, asked)
}

/** An entry without a number is met by the same entry with one: the switch gives the numbers. */
function isSequenced(siblings: CliTree, kind: string, line: string): boolean {
  if (kind === 'acl' && !/^\d/.test(line)) return siblings.some(node => node.line.replace(/^\d+ /, '') === line)
  const list =
    kind === 'global' ? /^(ip|ipv6) (prefix-list|community-list|as-path|extcommunity-list) /.exec(line) : null
  if (!list || / seq \d+ /.test(line)) return false
  return siblings.some(node => node.line.startsWith(list[0]) && node.line.replace(/ seq \d+(?= )/, '') === line)
}
