import { createHmac, scryptSync } from 'node:crypto'
import { formsOf, reachOf } from '../secret-forms.ts'
import { BEHIND_NAME } from '../secret-places.ts'
import { canonicalJson } from './canonical.ts'

/** Puts a fingerprint in the place of every secret of plain data. */
export interface Fingerprinting {
  <T>(value: T): T
  /** One fingerprint of the whole content of an intent under no_log; its resources keep their names. */
  whole<C extends Content>(content: C): C
}

interface Content {
  readonly differences: readonly { readonly before?: unknown; readonly after?: unknown }[]
  readonly commands: readonly unknown[]
}

/**
 * Fingerprints of secrets, keyed by all of them together and a salt: who has the same inputs makes the same ones, and who has only the
 * plan cannot try passwords one by one without a slow key for each guess of all of them.
 */
export function fingerprintsOf(secrets: readonly string[], salt: string): Fingerprinting {
  const all = [...new Set(secrets)].sort()
  const text = textOf(all, salt)
  const part = <T>(value: T) => (text ? (replaced(value, text) as T) : value)
  return Object.assign(part, {
    whole<C extends Content>(content: C): C {
      const { differences, commands } = content
      const key = scryptSync([...all, canonicalJson({ differences, commands })].join('\0'), salt, 32)
      const label = `{hidden ${key.toString('hex').slice(0, 16)}}`
      const shown = differences.map(({ before, after, ...rest }) => ({
        ...rest,
        before: before === null ? null : label,
        after: after === null ? null : label,
      }))
      return part({ ...content, differences: shown, commands: [label] })
    },
  })
}

function textOf(all: readonly string[], salt: string): ((value: string) => string) | null {
  if (all.length === 0) return null
  const key = scryptSync(all.join('\0'), salt, 32)
  const labels = new Map<string, string>()
  const short = new Set<string>()
  for (const secret of all) {
    const label = `{secret ${createHmac('sha256', key).update(secret).digest('hex').slice(0, 12)}}`
    for (const form of formsOf(secret)) if (!labels.has(form)) labels.set(form, label)
    const bare = secret.trim()
    if (bare === '' || labels.has(bare)) continue
    labels.set(bare, label)
    short.add(bare)
  }
  const longestFirst = [...labels.keys()].sort((a, b) => b.length - a.length)
  const patterns = longestFirst.map(form => (short.has(form) ? byItself(form) : quoted(form)))
  const pattern = new RegExp(patterns.join('|'), 'g')
  return value => value.replace(pattern, found => labels.get(found) ?? found)
}

/** A short one as a part of other words is something else; of a digit or two also as a word of its own. */
function byItself(secret: string): string {
  if (reachOf(secret) === 'word') return `(?<![\\w-])${quoted(secret)}(?![\\w-])`
  return `(?:^|${BEHIND_NAME})${quoted(secret)}(?!\\w)`
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function replaced(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : text(String(value))
  if (Array.isArray(value)) return value.map(entry => replaced(entry, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [text(name), replaced(entry, text)]))
}
