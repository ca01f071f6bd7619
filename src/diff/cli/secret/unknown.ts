import type { SecretSpan } from './form.ts'

/** Words of a line nobody has a form for that announce key material, also shortened, also as the end of a longer word. */
const ANNOUNCES =
  /(^|-)(pass|passw|passwo|passwor|password|passwd|passphrase|passcode|secret|token|idtoken|credential|psk|pre-shared-key|key-string|key-octet-string|authentication-key|encryption-key|auth-key|hex-key|shared-key|private-key|master-key|server-key|message-digest-key)$/i
/** Words behind these are names, even if the name is 'password'. */
const NAMES_FOLLOW =
  /^(chain|keychain|key-chain|vrf|route-map|prefix-list|filter-list|access-list|access-group|class-map|policy-map|object-group|template|peer(-policy|-session)?|group|role|user|username|interface|trustpoint|label|policy|class|list)$/i
/** What stands behind such a word and is about it, not its value. */
const ABOUT =
  /^(strength-check|secure-mode|required|prompt|encryption|recovery|lifetime|default-lifetime|warntime|gracetime|min-length|max-length|history|change|expire|policy|type|fallback|option|none|disable|enable|default)$/i
/** What stands behind `key` and is no key: a kind of key, or what is done with one. */
const KEY_KINDS = /^(chain|rsa|dsa|ecdsa|ed25519|generate|zeroize|import|export|id|server|size|length|type)$/i
/** Communities of routes. */
const ROUTE_COMMUNITY =
  /^(\d+(:\d+)*|internet|local-as|no-advertise|no-export|graceful-shutdown|additive|none|both|standard|extended|expanded|rt|soo|4byteas-generic|seq|permit|deny)$/i
/** Words behind `authentication` that say how, not what. */
const WAYS =
  /^(text|md5|sha\S*|hmac-\S+|message-digest|null|none|key-chain|keychain|mode|type|pre-share|rsa-\S+|ecdsa-\S+|open|order|priority|periodic|event|timer|login|ppp|dot1x|mab|enable|disable|local|group|failure|send-only|receive-only|check|level-\d\S*|ipsec|keyed-\S+|meticulous\S*|port-control|host-mode|control-direction|interface|required|optional|accounting)$/i

interface Word {
  readonly text: string
  readonly start: number
}

/** The secrets of a line that no form knows: what stands behind a word that announces one, and what looks like key material. */
export function unknownSpans(line: string): SecretSpan[] {
  const words = wordsOf(line)
  const announced = words.flatMap((word, at) => announcedBy(word, words.slice(at + 1), words[at - 1]))
  return [...announced, ...words.flatMap((word, at) => material(word, words[at - 1]))]
}

/** A blob by itself: a row of a certificate or key, in hexadecimal groups or base64. */
export function isBlob(line: string): boolean {
  return (
    /^[0-9a-f]{8}( +[0-9a-f]{2,8}){2,}$/i.test(line) ||
    /^([0-9a-f]{2}:){15,}[0-9a-f]{0,2}$/i.test(line) ||
    /^(?=.*[0-9+/])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]{40,}={0,2}$/.test(line) ||
    /^[0-9a-f]{32,}$/i.test(line)
  )
}

function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"[^"]*"(?=\s|$)|"[^"]*$|\S+/g)].map(found => ({ text: found[0], start: found.index }))
}

function announcedBy({ text }: Word, behind: readonly Word[], before: Word | undefined): SecretSpan[] {
  const [first, second] = behind
  if (!first || (before && NAMES_FOLLOW.test(before.text))) return []
  const isTyped = /^\d$/.test(first.text) && second !== undefined
  const value = isTyped ? second : first
  const span = spanOf(value, isTyped ? first.text : '')
  if (ANNOUNCES.test(text)) return ABOUT.test(first.text) ? [] : [span]
  if (/^key$/i.test(text)) return KEY_KINDS.test(first.text) || (!isTyped && /^\d+$/.test(first.text)) ? [] : [span]
  if (/^(rw-|ro-)?community$/i.test(text)) return ROUTE_COMMUNITY.test(first.text) ? [] : [spanOf(first, '')]
  if (/^authentication$/i.test(text)) return WAYS.test(first.text) || behind.length > 1 ? [] : [spanOf(first, '')]
  return []
}

/** A hash, a long number in hexadecimal, or what an encryption's type digit stands before. */
function material(word: Word, before: Word | undefined): SecretSpan[] {
  const type = before && /^[0356789]$/.test(before.text) ? before.text : ''
  const bare = word.text.replace(/^"(.*)"$/, '$1')
  const isKey =
    /^\$\w{1,8}\$\S{6,}/.test(bare) ||
    /^0x[0-9a-f]{16,}$/i.test(bare) ||
    (type !== '' && (isLong(bare) || (word.text.startsWith('"') && bare.length > 4)))
  return isKey ? [spanOf(word, type)] : []
}

function isLong(text: string): boolean {
  if (/^[0-9a-f]{12,}$/i.test(text)) return /[a-f]/i.test(text) || text.length >= 16
  return /^[A-Za-z0-9+/]{16,}={0,2}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text)
}

function spanOf({ text, start }: Word, type: string): SecretSpan {
  return { start, end: start + text.length, type, secret: text.replace(/^"([^"]*)"?$/, '$1') }
}
