import { readFileSync } from 'node:fs'
import { FailureError } from '../model/failure.ts'
import { didYouMean } from '../model/nearest.ts'
import { matches } from '../model/timed-search.ts'
import { hostOf } from './grow.ts'
import type { Inventory } from './inventory.ts'

/**
 * The hosts of a pattern, in Ansible's order: a:b or a,b, !c, &d, wildcards, ~regex (anchored at the start), group[0], group[-1],
 * group[1:3] (both ends included; group[:2] is a wildcard and finds nothing, as Ansible has it). `limit` narrows it; '@file' reads one
 * pattern a line. What matches nothing adds nothing. Throws FailureError (invalid) for a subscript past the end or a bad regex.
 */
export function matchHosts(inventory: Inventory, pattern: string | readonly string[], limit?: string | null): string[] {
  const hosts = evaluate(inventory, splitPattern(pattern))
  if (limit === undefined || limit === null || limit === '') return hosts
  const within = new Set(evaluate(inventory, limitPatterns(limit)))
  return hosts.filter(host => within.has(host))
}

/** One sentence for each part of the pattern that names nothing, with the nearest name there is. */
export function patternWarnings(inventory: Inventory, pattern: string | readonly string[]): string[] {
  return splitPattern(pattern).flatMap(part => {
    const name = part.replace(/^[!&]/, '')
    if (name === 'all' || name === '*' || inventory.groups.has(name) || matchOne(inventory, part).length > 0) return []
    const known = [...inventory.groups.keys(), ...inventory.hosts.keys()]
    return [`The pattern "${name}" matches no host or group.${didYouMean(name, known)}`]
  })
}

function limitPatterns(limit: string): string[] {
  return splitPattern(limit).flatMap(part => {
    if (!part.startsWith('@')) return [part]
    try {
      const lines = readFileSync(part.slice(1), 'utf8').split('\n')
      return lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
    } catch (error) {
      throw invalid(`The file ${part.slice(1)} of --limit cannot be read.`, 'Check its path.', error)
    }
  })
}

/** Commas split; without one, colons outside of brackets do, unless the text is an IPv6 address. */
export function splitPattern(pattern: string | readonly string[]): string[] {
  if (typeof pattern !== 'string') return pattern.flatMap(splitPattern)
  const parts = pattern.includes(',')
    ? pattern.split(',')
    : /^[\da-fA-F]*:[\da-fA-F:]*:[\da-fA-F.]*$/.test(pattern)
      ? [pattern]
      : (pattern.match(/(?:[^\s:[\]]|\[[^\]]*\])+/g) ?? [])
  return parts.map(part => part.trim()).filter(part => part !== '')
}

function evaluate(inventory: Inventory, parts: readonly string[]): string[] {
  const joins = parts.filter(part => !/^[!&]/.test(part))
  const ordered = [
    ...(joins.length === 0 && parts.length > 0 ? ['all'] : joins),
    ...parts.filter(part => part.startsWith('&')),
    ...parts.filter(part => part.startsWith('!')),
  ]
  let hosts: string[] = []
  for (const part of ordered) {
    const found = inventory.hosts.has(part) ? [part] : matchOne(inventory, part)
    if (part.startsWith('!')) hosts = hosts.filter(host => !found.includes(host))
    else if (part.startsWith('&')) hosts = hosts.filter(host => found.includes(host))
    else hosts = [...new Set([...hosts, ...found])]
  }
  return hosts
}

function matchOne(inventory: Inventory, part: string): string[] {
  const pattern = part.replace(/^[!&]/, '')
  const found = pattern.startsWith('~') ? null : /^(.+)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/.exec(pattern)
  if (!found) return enumerate(inventory, pattern)
  const hosts = enumerate(inventory, found[1] as string)
  if (hosts.length === 0) return hosts
  const start = Number(found[2] ?? found[3])
  const end = found[4] === undefined ? 0 : found[4] === '' ? hosts.length - 1 : Number(found[4])
  // Ansible takes an end of 0 for no end at all: group[0:0] is the first host, as is group[0].
  if (end !== 0) return hosts.slice(start, end + 1)
  const host = hosts.at(start)
  if (host === undefined)
    throw invalid(
      `No hosts matched the subscripted pattern '${pattern}': ${found[1]} has ${hosts.length} hosts.`,
      `Use a number from 0 to ${hosts.length - 1}.`,
    )
  return [host]
}

function enumerate(inventory: Inventory, pattern: string): string[] {
  const matches = matcher(pattern)
  const groups = [...inventory.groups.keys()].filter(matches)
  const hosts = groups.flatMap(name => inventory.groups.get(name) ?? [])
  if (groups.length === 0 || pattern.startsWith('~') || /[.?*[]/.test(pattern))
    hosts.push(...[...inventory.hosts.keys()].filter(matches))
  if (hosts.length === 0 && hostOf(inventory, pattern)) return [pattern]
  return [...new Set(hosts)]
}

function matcher(pattern: string): (name: string) => boolean {
  if (!pattern.startsWith('~') && !/[?*[]/.test(pattern)) return name => name === pattern
  const source = pattern.startsWith('~') ? `^(?:${pattern.slice(1)})` : `^${wildcard(pattern)}$`
  try {
    const expression = new RegExp(source, 's')
    return name => matches(expression, name)
  } catch (error) {
    throw invalid(
      `The host pattern "${pattern}" is not a valid regular expression.`,
      'Check its brackets and backslashes.',
      error,
    )
  }
}

/** Shell wildcards as a regular expression: * ? [abc] [!abc]. */
export function wildcard(pattern: string): string {
  return pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/g, (part, not: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll('\\', '\\\\').replace(/^\^/, '\\^')}]`
    return part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
}

function invalid(message: string, remedy: string, cause?: unknown): FailureError {
  return new FailureError({ code: 'invalid', message, remedy }, cause)
}
