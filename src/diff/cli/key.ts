import type { ResourceId } from '../../model/managed.ts'
import type { CliLine } from '../../model/nxos.ts'
import { type ContextKind, contextKind } from './context.ts'
import { lineTable } from './line-table.ts'

/** A line without its `no`. */
export interface SignedLine {
  readonly negative: boolean
  readonly positive: string
}

/** Splits `no` off. */
export function signed(line: string): SignedLine {
  return line.startsWith('no ') ? { negative: true, positive: line.slice(3) } : { negative: false, positive: line }
}

/**
 * What a line is about within its context: lines with the same key replace each other. 'remote-as 65001' is about 'remote-as',
 * 'ip prefix-list a seq 5 permit …' about 'ip prefix-list a seq 5', 'no shutdown' about 'shutdown'; most lines are about themselves.
 * @param line canonical, in the context of canonical parents
 */
export function cliKey(parents: readonly string[], line: string): string {
  const { positive } = signed(line)
  const kind = contextKind(parents)
  if (INTERFACES.has(kind)) {
    const address = interfaceAddress(positive)
    if (address) return address
  }
  if (kind === 'acl') return /^\d+(?= )/.exec(positive)?.[0] ?? positive
  if (kind === 'peer-af') {
    const direction = /^(route-map|prefix-list|filter-list) \S+ (in|out)$/.exec(positive)
    if (direction) return `${direction[1]} ${direction[2]}`
  }
  if (kind === 'global') {
    const sequence = /^route-map (\S+)(?: (?:permit|deny))?(?: (\d+))?$/.exec(positive)
    if (sequence) return `route-map ${sequence[1]} ${sequence[2] ?? '10'}`
  }
  return lineTable(kind).single.exec(positive)?.[1] ?? positive
}

const INTERFACES: ReadonlySet<ContextKind> = new Set<ContextKind>(['svi', 'loopback', 'port'])

/** The primary IPv4 address is one; secondary and IPv6 addresses are many, each with at most one tag. */
function interfaceAddress(line: string): string | null {
  if (line === 'ip address') return line
  const found = /^(ip|ipv6) address (\S+)(.*)$/.exec(line)
  if (!found) return null
  if (found[1] === 'ip' && !/ secondary\b/.test(found[3] ?? '')) return 'ip address'
  return `${found[1]} address ${found[2]}`
}

/** True where the positive form is the default and only `no` is shown. */
export function isDefaultOn(parents: readonly string[], positive: string): boolean {
  return lineTable(contextKind(parents)).on.test(positive)
}

/** True for a line that says what running-config leaves out because it is the default. */
export function isDefaultValue(parents: readonly string[], line: string): boolean {
  return lineTable(contextKind(parents)).defaults.has(line)
}

/** True where the old line must go before the new one is taken. */
export function goesFirst(parents: readonly string[], line: string): boolean {
  const kind = contextKind(parents)
  return lineTable(kind).removeFirst.test(signed(line).positive) || (kind === 'acl' && /^\d+ /.test(line))
}

/** The resource that a line is: its contexts and its key. */
export function cliResource({ parents, line }: CliLine): ResourceId {
  return `cli:${[...parents, cliKey(parents, line)].join('/')}`
}
