import type { ArgumentResult } from './argument-result.ts'

/** Kinds of interfaces with the shape of their numbers and the short name of show commands. */
const kinds: Record<string, { name: string; short: string; number: RegExp; most: number }> = {
  vlan: { name: 'Vlan', short: 'Vlan', number: /^\d+$/, most: 4094 },
  loopback: { name: 'loopback', short: 'Lo', number: /^\d+$/, most: 1023 },
  'port-channel': { name: 'port-channel', short: 'Po', number: /^\d+(\.\d+)?$/, most: 4096 },
  nve: { name: 'nve', short: 'nve', number: /^\d+$/, most: 1 },
  mgmt: { name: 'mgmt', short: 'mgmt', number: /^\d+$/, most: 0 },
  ethernet: { name: 'Ethernet', short: 'Eth', number: /^\d+\/\d+(\/\d+)?(\.\d+)?$/, most: 128 },
}

/** Reads `eth1/1`, `Vlan 3001`, `lo1002`, lists and ranges (`Ethernet1/1-4,Ethernet1/9`); `wanted` is a kind or 'any'. */
export function interfaceArgument(wanted: string, word: string, next: string | undefined): ArgumentResult {
  const joined = /^[a-z-]+$/i.test(word) && next !== undefined && /^\d/.test(next)
  const full = joined ? `${word}${next}` : word
  const parts: string[] = []
  let last: string | null = null
  for (const part of full.split(',')) {
    const read = single(wanted, /^\d/.test(part) && last ? `${last}${part}` : part)
    if (read === null || 'error' in read) return read
    last = read.kind
    parts.push(read.text)
  }
  return { text: parts.join(','), used: joined ? 2 : 1 }
}

/** Every interface that a canonical list names: 'Ethernet1/1-3,Vlan5' → four names. */
export function expandInterfaces(list: string): string[] {
  return list.split(',').flatMap(part => {
    const range = /^(.*?)(\d+)-(\d+)$/.exec(part)
    if (!range) return [part]
    const [from, to] = [Number(range[2]), Number(range[3])]
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `${range[1]}${from + index}`)
  })
}

/** 'Ethernet1/1' → 'Eth1/1', 'loopback0' → 'Lo0'. */
export function shortInterface(name: string): string {
  const kind = Object.values(kinds).find(candidate => name.startsWith(candidate.name))
  return kind ? kind.short + name.slice(kind.name.length) : name
}

/** The kind of an interface by its full name: 'vlan', 'ethernet' …, or null. */
export function interfaceKind(name: string): string | null {
  return Object.keys(kinds).find(kind => name.startsWith(kinds[kind]?.name ?? ' ')) ?? null
}

function single(wanted: string, word: string): { kind: string; text: string } | { error: string } | null {
  const parts = /^([a-z-]+?)(\d.*)$/i.exec(word)
  if (!parts) return null
  const typed = (parts[1] as string).toLowerCase()
  const aliases: Record<string, string> = { po: 'port-channel', e: 'ethernet' }
  const kind = aliases[typed] ?? Object.keys(kinds).find(candidate => candidate.startsWith(typed))
  const found = kind === undefined ? undefined : kinds[kind]
  if (!kind || !found || (wanted !== 'any' && kind !== wanted)) return null
  const [number = '', to] = (parts[2] as string).split(/-(?=\d+$)/)
  const outside = !found.number.test(number) || Number(/(\d+)(\.\d+)?$/.exec(number)?.[1]) > found.most
  if (outside || (to !== undefined && Number(to) > found.most)) return { error: 'interface format' }
  return { kind: found.name, text: `${found.name}${parts[2]}` }
}
