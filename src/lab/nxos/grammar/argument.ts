import { isIP, isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { ArgumentResult } from './argument-result.ts'
import { interfaceArgument } from './interface-name.ts'

/** Reads one argument of the type; `next` is the word behind it (`ip address 10.0.0.1 255.255.255.0`). */
export function readArgument(type: string, word: string, next: string | undefined): ArgumentResult {
  const range = /^(\d+)-(\d+)$/.exec(type)
  if (range) return numberArgument(word, Number(range[1]), Number(range[2]))
  if (type.startsWith('if:')) return interfaceArgument(type.slice(3), word, next)
  const read = readers[type]
  if (!read) throw new Error(`no argument type ${type}`)
  return read(word, next)
}

/** True for types that take any word, so that a keyword's abbreviation goes first. */
export function isLoose(type: string): boolean {
  return type === 'word' || type === 'name' || type === 'text'
}

const one = (text: string): ArgumentResult => ({ text, used: 1 })
const badAddress = { error: 'ip address' }

const readers: Record<string, (word: string, next: string | undefined) => ArgumentResult> = {
  word: one,
  name: word => (word.length > 63 ? { error: 'String exceeded max length of (63)' } : one(word)),
  vrf: word => (word.length > 32 ? { error: 'String exceeded max length of (32)' } : one(word)),
  ipv4: word => (isIPv4(word) ? one(word) : looksLikeIpv4(word) ? badAddress : null),
  ipv6: word => (isIPv6(word) ? one(canonicalIpv6(word)) : word.includes(':') ? badAddress : null),
  ip: word =>
    isIP(word) ? one(canonicalAddress(word)) : looksLikeIpv4(word) || word.includes(':') ? badAddress : null,
  prefix4: (word, next) => prefix4(word, next),
  prefix6: word => (word.includes(':') ? prefix(word, 128) : null),
  network: (word, next) => (word.includes(':') ? prefix(word, 128, true) : prefix4(word, next, true)),
  peer: word =>
    word.includes('/') ? prefix(word, word.includes(':') ? 128 : 32, true) : (readers.ip?.(word, undefined) ?? null),
  asn: word => asn(word),
  rt: word => (word === 'auto' || /^(\d+(\.\d+){0,3}):\d+$/.test(word) ? one(word) : null),
  community: word =>
    /^(\d+:\d+|\d+|internet|no-export|no-advertise|local-AS|graceful-shutdown)$/i.test(word) ? one(word) : null,
  mac: word => (/^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i.test(word) ? one(word.toLowerCase()) : null),
  vlans: word => vlans(word),
  area: word =>
    isIPv4(word) ? one(word) : /^\d+$/.test(word) ? one(ipaddr.fromByteArray(bytes(Number(word))).toString()) : null,
}

function numberArgument(word: string, low: number, high: number): ArgumentResult {
  if (!/^\d+$/.test(word)) return null
  const value = Number(word)
  return value >= low && value <= high ? one(String(value)) : { error: `number, range is (${low}:${high})` }
}

function asn(word: string): ArgumentResult {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(word)
  if (!parts) return null
  if (parts[2] !== undefined) {
    const legal = Number(parts[1]) <= 65535 && Number(parts[2]) <= 65535
    return legal ? one(word) : { error: 'AS number' }
  }
  return numberArgument(word, 1, 4294967295)
}

function prefix(word: string, longest: number, masked = false): ArgumentResult {
  const [address = '', length = ''] = word.split('/')
  const right = longest === 32 ? isIPv4(address) : isIPv6(address)
  if (!right || !/^\d+$/.test(length)) return looksLikeIpv4(address) || address.includes(':') ? badAddress : null
  if (Number(length) > longest) return { error: 'prefix length' }
  if (!masked) return one(`${canonicalAddress(address)}/${Number(length)}`)
  const network = longest === 32 ? ipaddr.IPv4.networkAddressFromCIDR(word) : ipaddr.IPv6.networkAddressFromCIDR(word)
  return one(`${network.toString()}/${Number(length)}`)
}

function prefix4(word: string, next: string | undefined, masked = false): ArgumentResult {
  if (word.includes('/')) return prefix(word, 32, masked)
  if (!looksLikeIpv4(word)) return null
  if (!isIPv4(word) || next === undefined || !isIPv4(next)) return badAddress
  const length = ipaddr.IPv4.parse(next).prefixLengthFromSubnetMask()
  const read = length === null ? { error: 'mask' } : prefix(`${word}/${length}`, 32, masked)
  return read && 'text' in read ? { text: read.text, used: 2 } : read
}

function vlans(word: string): ArgumentResult {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(word)) return null
  const numbers = word.split(/[,-]/).map(Number)
  return numbers.every(number => number >= 1 && number <= 4094) ? one(word) : { error: 'value/range' }
}

function looksLikeIpv4(word: string): boolean {
  return /^[\d.]+(\/\d+)?$/.test(word) && word.includes('.')
}

function canonicalAddress(word: string): string {
  return isIPv6(word) ? canonicalIpv6(word) : word
}

function canonicalIpv6(word: string): string {
  return ipaddr.IPv6.parse(word).toRFC5952String()
}

function bytes(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}
