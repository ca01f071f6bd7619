/** A line that holds a secret: what stands before it, how it is encrypted, the secret, what follows. */
export interface SecretLine {
  readonly before: string
  /** 'clear' for what a person types; else NX-OS's type digit. */
  readonly type: string
  readonly secret: string
  readonly after: string
}

const SECRET_LINES: readonly RegExp[] = [
  /^(password) (?:([0-9]) )?(\S+)()$/,
  /^(username \S+ password) (?:([0-9]) )?(\S+)(.*)$/,
  /^((?:tacacs-server|radius-server)(?: host \S+)? key) (?:([0-9]) )?(\S+)(.*)$/,
  /^(ntp authentication-key \S+ md5) ()(\S+)(.*)$/,
  /^(key-string) (?:([0-9]) )?(\S+)()$/,
  /^(ip ospf authentication-key) (?:([0-9]) )?(\S+)()$/,
  /^(ip ospf message-digest-key \S+ md5) (?:([0-9]) )?(\S+)()$/,
  /^(snmp-server user \S+.* auth \S+) ()(\S+)(.*)$/,
  /^(snmp-server community) ()(\S+)(.*)$/,
  /^(hsrp \d+ authentication md5 key-string) (?:([0-9]) )?(\S+)(.*)$/,
]

/** Every line of every host is asked about: most are none of the above at a glance. */
const MAY_HOLD = /password|key|md5|auth|community/

/** Reads a line that holds a secret; null for any other. */
export function secretLine(line: string): SecretLine | null {
  if (!MAY_HOLD.test(line)) return null
  const positive = line.replace(/^no /, '')
  for (const pattern of SECRET_LINES) {
    const found = pattern.exec(positive)
    if (!found) continue
    const type = found[2] === undefined || found[2] === '' || found[2] === '0' ? 'clear' : found[2]
    return { before: found[1] ?? '', type, secret: (found[3] ?? '').replace(/^"(.*)"$/, '$1'), after: found[4] ?? '' }
  }
  return null
}

/** The line with its secret left out, for people to read. */
export function maskedLine(line: string): string {
  const found = secretLine(line)
  if (!found) return line
  const type = found.type === 'clear' ? '' : ` ${found.type}`
  return `${line.startsWith('no ') ? 'no ' : ''}${found.before}${type} ********${found.after}`
}

/** True when a wanted secret in clear meets an encrypted one: nobody can say whether they are the same. */
export function isIncomparable(wanted: string, live: string): boolean {
  const want = secretLine(wanted)
  const have = secretLine(live)
  return want?.type === 'clear' && have !== null && have.type !== 'clear'
}
