import { createHash, type Hash, randomInt } from 'node:crypto'

/** Hashed passwords as crypt(3) writes them: $1$ (MD5), $5$ (SHA-256) and $6$ (SHA-512, by Ulrich Drepper's description). */

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function randomSalt(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** Bytes in the order of `places`, three at a time, as letters of six bits. */
function lettersOf(bytes: Buffer, places: readonly (readonly number[])[]): string {
  let text = ''
  for (const group of places) {
    let value = group.reduce((sum, place) => (sum << 8) | (place < 0 ? 0 : (bytes[place] as number)), 0)
    const bits = group.filter(place => place >= 0).length * 8
    for (let left = bits; left > 0; left -= 6) {
      text += LETTERS[value & 63]
      value >>= 6
    }
  }
  return text
}

/** $1$salt$… */
export function md5Crypt(password: string, salt: string): string {
  const [secret, salted] = [Buffer.from(password), Buffer.from(salt.slice(0, 8))]
  const hash = () => createHash('md5')
  const inner = hash().update(secret).update(salted).update(secret).digest()
  const first = hash().update(secret).update('$1$').update(salted)
  for (let left = secret.length; left > 0; left -= 16) first.update(inner.subarray(0, Math.min(16, left)))
  for (let bits = secret.length; bits > 0; bits >>= 1) first.update(bits & 1 ? Buffer.from([0]) : secret.subarray(0, 1))
  let digest = first.digest()
  for (let round = 0; round < 1000; round++) {
    const next = hash().update(round & 1 ? secret : digest)
    if (round % 3) next.update(salted)
    if (round % 7) next.update(secret)
    digest = next.update(round & 1 ? digest : secret).digest()
  }
  const places = [0, 1, 2, 3, 4].map(at => [at, at + 6, at === 4 ? 5 : at + 12])
  return `$1$${salted}$${lettersOf(digest, [...places, [-1, -1, 11]])}`
}

const SHA = {
  5: { name: 'sha256', size: 32 },
  6: { name: 'sha512', size: 64 },
} as const

/** $5$… and $6$…; the rounds are written where they are not the usual 5000, or always with `showsRounds`. */
export function shaCrypt(kind: 5 | 6, password: string, salt: string, rounds: number): string {
  const { name, size } = SHA[kind]
  const [secret, salted] = [Buffer.from(password), Buffer.from(salt.slice(0, 16))]
  const hash = () => createHash(name)
  let digest = startingDigest({ secret, salted, size, hash })
  const secrets = repeated(hash, secret, { times: secret.length, length: secret.length })
  const salts = repeated(hash, salted, { times: 16 + (digest[0] as number), length: salted.length })
  for (let round = 0; round < rounds; round++) {
    const next = hash().update(round & 1 ? secrets : digest)
    if (round % 3) next.update(salts)
    if (round % 7) next.update(secrets)
    digest = next.update(round & 1 ? digest : secrets).digest()
  }
  const head = rounds === 5000 ? '' : `rounds=${rounds}$`
  return `$${kind}$${head}${salted}$${lettersOf(digest, placesOf(kind))}`
}

interface Parts {
  readonly secret: Buffer
  readonly salted: Buffer
  readonly size: number
  readonly hash: () => Hash
}

function startingDigest({ secret, salted, size, hash }: Parts): Buffer {
  const inner = hash().update(secret).update(salted).update(secret).digest()
  const first = hash().update(secret).update(salted)
  for (let left = secret.length; left > 0; left -= size) first.update(inner.subarray(0, Math.min(size, left)))
  for (let bits = secret.length; bits > 0; bits >>= 1) first.update(bits & 1 ? inner : secret)
  return first.digest()
}

/** The digest of a text so many times, as many bytes of it as are asked for. */
function repeated(hash: () => Hash, text: Buffer, { times, length }: { times: number; length: number }): Buffer {
  const all = hash()
  for (let time = 0; time < times; time++) all.update(text)
  const digest = all.digest()
  return Buffer.alloc(length, digest)
}

function placesOf(kind: 5 | 6): number[][] {
  if (kind === 5) {
    const groups = Array.from({ length: 10 }, (_, at) => [0, 10, 20].map(place => (place + at * 21) % 30))
    return [...groups, [-1, 31, 30]]
  }
  const groups = Array.from({ length: 21 }, (_, at) => [0, 21, 42].map(place => (place + at * 22) % 63))
  return [...groups, [-1, -1, 63]]
}
