import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../model/kube.ts'
import { isMapping } from '../../model/value.ts'
import { listKeyOf } from './list-key.ts'
import { withoutNoise } from './noise.ts'
import { maskedPair } from './secret.ts'

/**
 * A change of an object as a reviewer reads it: YAML of what differs, below the fields that lead there. Each line starts with '+', '-' or
 * ' '; secret values are masked. Entries of lists are paired by their name, not by their place.
 */
export function kubeLines(before: KubeObject | null, after: KubeObject | null): string[] {
  const [old, wanted] = maskedPair(before && withoutNoise(before), after && withoutNoise(after))
  if (old === null || wanted === null) {
    return yamlLines(old ?? wanted, 0).map(line => `${old === null ? '+' : '-'} ${line}`)
  }
  return differing(old, wanted, 0)
}

function differing(before: unknown, after: unknown, depth: number): string[] {
  if (isMapping(before) && isMapping(after)) return mappingLines(before, after, depth)
  if (Array.isArray(before) && Array.isArray(after)) return listLines(before, after, depth)
  return [...signed('-', before, depth), ...signed('+', after, depth)]
}

function mappingLines(before: Record<string, unknown>, after: Record<string, unknown>, depth: number): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCustom)
  return names.flatMap(name => {
    const [old, wanted] = [before[name], after[name]]
    if (isDeepStrictEqual(old, wanted)) return []
    if (isNested(old) && isNested(wanted) && Array.isArray(old) === Array.isArray(wanted)) {
      return [`  ${pad(depth)}${keyText(name)}:`, ...differing(old, wanted, depth + 1)]
    }
    const removed = name in before ? signed('-', { [name]: old }, depth) : []
    return [...removed, ...(name in after ? signed('+', { [name]: wanted }, depth) : [])]
  })
}

function listLines(before: readonly unknown[], after: readonly unknown[], depth: number): string[] {
  const key = listKeyOf(before, after)
  if (key === null) return unkeyedLines(before, after, depth)
  const named = (list: readonly unknown[]) => new Map(list.filter(isMapping).map(entry => [entry[key], entry] as const))
  const [old, wanted] = [named(before), named(after)]
  const lines = [...new Set([...old.keys(), ...wanted.keys()])].flatMap(name => {
    const [one, other] = [old.get(name), wanted.get(name)]
    if (isDeepStrictEqual(one, other)) return []
    if (!one || !other) return one ? signed('-', [one], depth) : signed('+', [other], depth)
    return [`  ${pad(depth)}- ${key}: ${scalar(name)}`, ...differing(one, other, depth + 1)]
  })
  return lines.length > 0 ? lines : [`  ${pad(depth)}(the same entries in another order)`]
}

function unkeyedLines(before: readonly unknown[], after: readonly unknown[], depth: number): string[] {
  const lacks = (list: readonly unknown[], entry: unknown) => !list.some(other => isDeepStrictEqual(entry, other))
  const removed = before.filter(entry => lacks(after, entry))
  const added = after.filter(entry => lacks(before, entry))
  if (removed.length + added.length === 0) return [...signed('-', before, depth), ...signed('+', after, depth)]
  return [
    ...removed.flatMap(entry => signed('-', [entry], depth)),
    ...added.flatMap(entry => signed('+', [entry], depth)),
  ]
}

function signed(sign: '+' | '-', value: unknown, depth: number): string[] {
  return yamlLines(value, depth).map(line => `${sign} ${line}`)
}

function yamlLines(value: unknown, depth: number): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap(entry => entryLines(entry, depth))
  if (!isMapping(value) || Object.keys(value).length === 0) return [`${pad(depth)}${scalar(value)}`]
  return Object.keys(value)
    .sort(byCustom)
    .flatMap(name => {
      const inner = value[name]
      if (!isNested(inner) || Object.keys(inner).length === 0)
        return [`${pad(depth)}${keyText(name)}: ${scalar(inner)}`]
      return [`${pad(depth)}${keyText(name)}:`, ...yamlLines(inner, depth + 1)]
    })
}

function entryLines(entry: unknown, depth: number): string[] {
  const [first = '', ...rest] = yamlLines(entry, 0)
  return [`${pad(depth)}- ${first}`, ...rest.map(line => `${pad(depth)}  ${line}`)]
}

/** The order in which people write manifests. */
function byCustom(one: string, other: string): number {
  const rank = (name: string) => ['apiVersion', 'kind', 'metadata', 'name', 'namespace'].indexOf(name) + 1 || 99
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

function isNested(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null
}

function keyText(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : JSON.stringify(name)
}

/** Plain where YAML would read the same text back, quoted otherwise. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null'
  const plain = /^[A-Za-z0-9_./*][^\n:#]*$/.test(value) && !/^(true|false|null|yes|no|on|off|[\d.eE+-]+)$/i.test(value)
  return plain && value === value.trim() ? value : JSON.stringify(value)
}

function pad(depth: number): string {
  return '  '.repeat(depth)
}
