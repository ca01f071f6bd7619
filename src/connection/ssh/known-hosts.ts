import { createHmac } from 'node:crypto'

/** A usable line of a known_hosts file. */
export interface KnownHost {
  readonly file: string
  /** Counts from 1. */
  readonly line: number
  readonly marker: 'revoked' | 'cert-authority' | null
  readonly patterns: string
  readonly type: string
  /** Base64, as in the file. */
  readonly key: string
}

export type KeyVerdict =
  | { readonly state: 'known' }
  | { readonly state: 'unknown'; readonly otherTypes: readonly string[] }
  | { readonly state: 'changed'; readonly expected: KnownHost }
  | { readonly state: 'revoked'; readonly by: KnownHost }

/** Reads the text of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Comments and unreadable lines are left out. */
export function parseKnownHosts(file: string, text: string): KnownHost[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return []
    const words = line.split(/\s+/)
    const marker = words[0]?.startsWith('@') ? words.shift()?.slice(1) : null
    if (marker !== null && marker !== 'revoked' && marker !== 'cert-authority') return []
    const [patterns, type, key] = words
    return patterns && type && key ? [{ file, line: index + 1, marker, patterns, type, key }] : []
  })
}

/** Lines of a file that name hosts outright, by name, and those that must be tried one by one (patterns, hashes). */
export interface KnownHosts {
  readonly named: ReadonlyMap<string, readonly KnownHost[]>
  readonly others: readonly KnownHost[]
}

/** A fabric's file has a line per switch: each is found by its name. */
export function indexKnownHosts(known: readonly KnownHost[]): KnownHosts {
  const named = new Map<string, KnownHost[]>()
  for (const entry of known.filter(({ patterns }) => isPlain(patterns))) {
    for (const name of entry.patterns.toLowerCase().split(',')) {
      const before = named.get(name)
      if (before) before.push(entry)
      else named.set(name, [entry])
    }
  }
  return { named, others: known.filter(({ patterns }) => !isPlain(patterns)) }
}

/** The lines that speak of a host, in the order of the file: by [address]:port, and by its bare address when the port is 22. */
export function hostEntries({ named, others }: KnownHosts, address: string, port: number): KnownHost[] {
  const name = hostName(address, port)
  const found = [...(named.get(name) ?? []), ...others.filter(entry => matches(entry.patterns, name))]
  return found.sort((a, b) => a.line - b.line)
}

/**
 * What known_hosts says about a key that a host has shown.
 * @param key the key's blob as it is on the wire; it starts with its own type.
 */
export function judgeKey(entries: readonly KnownHost[], key: Buffer): KeyVerdict {
  const shown = key.toString('base64')
  const type = keyType(key)
  const revoked = entries.find(entry => entry.marker === 'revoked' && entry.key === shown)
  if (revoked) return { state: 'revoked', by: revoked }
  const plain = entries.filter(entry => entry.marker === null)
  if (plain.some(entry => entry.key === shown)) return { state: 'known' }
  const expected = plain.find(entry => entry.type === type)
  if (expected) return { state: 'changed', expected }
  return { state: 'unknown', otherTypes: [...new Set(plain.map(entry => entry.type))] }
}

/** The name of a host in known_hosts: bare for port 22, [address]:port otherwise. */
export function hostName(address: string, port: number): string {
  return port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`
}

/** 'ssh-ed25519' and the like: the first string of the blob. */
export function keyType(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1')
}

function isPlain(patterns: string): boolean {
  return !patterns.startsWith('|1|') && !/[*?!]/.test(patterns)
}

function matches(patterns: string, name: string): boolean {
  if (patterns.startsWith('|1|')) return matchesHash(patterns, name)
  let found = false
  for (const pattern of patterns.split(',')) {
    const negated = pattern.startsWith('!')
    if (!glob(negated ? pattern.slice(1) : pattern, name)) continue
    if (negated) return false
    found = true
  }
  return found
}

/** HashKnownHosts: |1|salt|HMAC-SHA1 of the name. */
function matchesHash(pattern: string, name: string): boolean {
  const [, , salt, hash] = pattern.split('|')
  if (!salt || !hash) return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}

function glob(pattern: string, name: string): boolean {
  const expression = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(name)
}
