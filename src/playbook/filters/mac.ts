import { str } from '../python/text.ts'
import { addressText, networkOf, parseAddress } from './address.ts'
import { textArgument } from './argument.ts'
import type { Filter } from './filter.ts'

/** The twelve hexadecimal digits of a MAC address, or null. */
export function macDigits(text: string): string | null {
  const groups = text.trim().split(/[:.-]/)
  const width = groups.length === 6 ? 2 : groups.length === 3 ? 4 : groups.length === 1 ? 12 : 0
  if (
    width === 0 ||
    groups.some(group => !/^[\da-fA-F]+$/.test(group) || group.length > width || (width === 12 && group.length < 12))
  )
    return null
  return groups
    .map(group => group.padStart(width, '0'))
    .join('')
    .toLowerCase()
}

const pairs = (digits: string) => digits.match(/../g) ?? []

const FORMS: Readonly<Record<string, (digits: string) => string | boolean | number>> = {
  linux: digits => pairs(digits).join(':'),
  bool: () => true,
  bare: digits => digits.toUpperCase(),
  int: digits => Number.parseInt(digits, 16),
  cisco: digits => (digits.match(/..../g) ?? []).join('.'),
  unix: digits =>
    pairs(digits)
      .map(pair => pair.replace(/^0/, ''))
      .join(':'),
  eui48: digits => pairs(digits).join('-').toUpperCase(),
  win: digits => pairs(digits).join('-').toUpperCase(),
  pgsql: digits => (digits.match(/.{6}/g) ?? []).join(':'),
  postgresql: digits => (digits.match(/.{6}/g) ?? []).join(':'),
  psql: digits => (digits.match(/.{6}/g) ?? []).join(':'),
}

const hwaddr: Filter = (of, call) => {
  const digits = macDigits(str(of))
  const query = textArgument(call, 0, 'query')
  if (digits === null) {
    if (query === '' || query === 'bool') return null
    throw new Error(`not a hardware address: ${str(of)}`)
  }
  if (query === '') return of
  const form = FORMS[query]
  if (!form) throw new Error(`hwaddr has no form "${query}": it has ${Object.keys(FORMS).join(', ')}`)
  return form(digits)
}

/** The address that a host gives itself in an IPv6 network (EUI-64). */
const slaac: Filter = (of, call) => {
  const network = parseAddress(str(of))
  const digits = macDigits(textArgument(call, 0, 'query'))
  if (network?.version !== 6 || digits === null) return false
  const mac = BigInt(`0x${digits.slice(0, 6)}fffe${digits.slice(6)}`) ^ (2n << 56n)
  return addressText(networkOf(network) + mac, 6)
}

/** Filters on MAC addresses. */
export const macFilters: Record<string, Filter> = { hwaddr, macaddr: hwaddr, slaac }
