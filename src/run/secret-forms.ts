/** Shorter forms of a value would be found in every text. */
const SHORTEST = 4
/** One word, or a number: as a part of other words it is something else ('leaf' in 'leaves', 1234 in 12345). */
const WORD = /^([a-z]{2,7}|[A-Z]{2,7}|[A-Z][a-z]{1,6}|\d{4,7})$/

/**
 * How a secret is looked for. anywhere: within words too. word: where it stands as a word. field: where it is the whole of a text, or right behind a name that
 * announces it. named: only there. The shorter it is, the less of a text may give it away by being left out.
 */
export type Reach = 'anywhere' | 'word' | 'field' | 'named'

export function reachOf(secret: string): Reach {
  if (secret.length === 1 || /^\d{2}$/.test(secret)) return 'named'
  if (/^[\d.]{2,3}$/.test(secret)) return 'field'
  return secret.length < SHORTEST || WORD.test(secret) ? 'word' : 'anywhere'
}

/** The value itself and how it looks inside JSON, base64 (also within a longer text: user:secret), a URL, a shell's quotes, or line by line (a PEM key). */
export function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter(line => line.length >= 16 && !line.startsWith('-----'))
  return [
    secret,
    secret.trim(),
    ...(secret.includes('\n') ? lines : []),
    Buffer.from(secret).toString('base64'),
    ...[0, 1, 2].map(offset => base64Within(secret, offset)),
    insideJson(secret),
    insideJson(insideJson(secret)),
    encodeURIComponent(wellFormed(secret)),
    encodeURI(wellFormed(secret)),
    ...quotedInPaths(secret),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("'", "\\'"),
  ].filter(form => form.length >= SHORTEST)
}

export function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/**
 * What upper, lower and capitalize make of a secret that is looked for anywhere. A hash of a secret is none, and stays readable: switches keep
 * passwords as hashes, and reviews compare them.
 */
export function casesOf(secret: string): string[] {
  if (reachOf(secret) !== 'anywhere') return []
  const lower = secret.toLowerCase()
  const cases = [secret.toUpperCase(), lower, secret.slice(0, 1).toUpperCase() + lower.slice(1)]
  return cases.filter(form => form !== secret && form.length >= SHORTEST)
}

/** For a path of a URL: the slash is spared, by the filter urlencode !'()* too, by Python's quote none of them. */
function quotedInPaths(secret: string): string[] {
  const hex = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
  const quoted = encodeURIComponent(wellFormed(secret)).replaceAll('%2F', '/')
  return [quoted, quoted.replace(/[!'()*]/g, hex)]
}

/** The letters of base64 that a secret decides by itself, whatever stands before it (so many bytes past a third) and behind it. */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.from(secret)
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
}

/** Half of a surrogate pair has no form in a URL. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}
