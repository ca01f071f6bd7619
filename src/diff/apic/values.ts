import type { Value } from '../../model/value.ts'
import { type AttributeKind, apicClasses, attributeKind } from './classes.ts'
import { canonicalAddress, canonicalDn } from './dn.ts'

/** Which attribute of which class. */
export interface AttributeOf {
  readonly class: string
  readonly attribute: string
}

/**
 * A YAML value as the APIC writes it: numbers and booleans become strings, lists become bitmasks in alphabetical order.
 * null becomes ''. Throws nothing; mappings are for the caller to refuse.
 */
export function apicText(value: Value, of: AttributeOf): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return booleanText(value, of)
  if (Array.isArray(value)) return value.map(String).sort().join(',')
  const text = String(value)
  return attributeKind(of.class, of.attribute) === 'bitmask' ? sortedMask(text) : text
}

/**
 * Whether a live value is what is wanted. A live attribute that is missing stands for its default.
 * A secret that reads back empty counts as the same: nobody can tell.
 */
export function sameValue(of: AttributeOf, live: string | undefined, wanted: string): boolean {
  const kind = attributeKind(of.class, of.attribute)
  if (kind === 'secret' && !live) return true
  const held = live ?? defaultOf(of)
  return held === wanted || comparable(held, of, kind) === comparable(wanted, of, kind)
}

/** The value that an attribute has when nobody sets it; '' when the table does not say. */
export function defaultOf({ class: name, attribute }: AttributeOf): string {
  return apicClasses.get(name)?.defaults[attribute] ?? ''
}

/** Free text, in which order and case mean something. */
const TEXT = new Set(['descr', 'name', 'nameAlias', 'annotation', 'ownerKey', 'ownerTag'])

/** `true` for YAML that a 1.1 parser reads as a boolean, in the word of the attribute. */
function booleanText(value: boolean, of: AttributeOf): string {
  if (attributeKind(of.class, of.attribute) === 'enabled-disabled') return value ? 'enabled' : 'disabled'
  const word = defaultOf(of)
  if (/^(Enabled|Disabled)$/.test(word)) return value ? 'Enabled' : 'Disabled'
  if (/^(enabled|disabled)$/.test(word)) return value ? 'enabled' : 'disabled'
  return value ? 'yes' : 'no'
}

/** Words that the APIC gives back for numbers that it was sent. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  port: {
    20: 'ftpData',
    22: 'ssh',
    25: 'smtp',
    53: 'dns',
    80: 'http',
    110: 'pop3',
    443: 'https',
    554: 'rtsp',
    0: 'unspecified',
  },
  prot: {
    1: 'icmp',
    2: 'igmp',
    6: 'tcp',
    8: 'egp',
    9: 'igp',
    17: 'udp',
    58: 'icmpv6',
    88: 'eigrp',
    89: 'ospfigp',
    103: 'pim',
    115: 'l2tp',
  },
  staleIntvl: { 300: 'default' },
}
const WORD_OF: Readonly<Record<string, string>> = {
  'vzEntry.sFromPort': 'port',
  'vzEntry.sToPort': 'port',
  'vzEntry.dFromPort': 'port',
  'vzEntry.dToPort': 'port',
  'vzEntry.prot': 'prot',
  'bgpCtxPol.staleIntvl': 'staleIntvl',
}

function comparable(value: string, of: AttributeOf, kind: AttributeKind): string {
  if (of.attribute === 'userdom') return value.replace(/^:|:$/g, '')
  if (TEXT.has(of.attribute)) return value
  const word = WORDS[WORD_OF[`${of.class}.${of.attribute}`] ?? '']?.[value]
  if (word !== undefined) return word
  if (value === 'true') return 'yes'
  if (value === 'false') return 'no'
  if (kind === 'bitmask') return sortedMask(value === 'none' ? '' : value)
  if (value.includes(',')) return sortedMask(value)
  if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)) return value.toUpperCase()
  return canonicalDn(canonicalAddress(value))
}

function sortedMask(value: string): string {
  const flags = value.split(',').map(flag => flag.trim())
  return flags
    .filter(flag => flag !== '')
    .sort()
    .join(',')
}
