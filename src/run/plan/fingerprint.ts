import { createHmac, scryptSync } from 'node:crypto'
import { formsOf } from '../secret-forms.ts'

/** Puts a fingerprint in the place of every secret of plain data. */
export type Fingerprinting = <T>(value: T) => T

/**
 * Fingerprints of secrets, keyed by all of them together and a salt: who has the same inputs makes the same ones, and who has only the
 * plan cannot try passwords one by one without a slow key for each guess of all of them.
 */
export function fingerprintsOf(secrets: readonly string[], salt: string): Fingerprinting {
  const all = [...new Set(secrets)].sort()
  if (all.length === 0) return value => value
  const key = scryptSync(all.join('\0'), salt, 32)
  const labels = new Map<string, string>()
  for (const secret of all) {
    const label = `{secret ${createHmac('sha256', key).update(secret).digest('hex').slice(0, 12)}}`
    for (const form of formsOf(secret)) if (!labels.has(form)) labels.set(form, label)
  }
  const longestFirst = [...labels.keys()].sort((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return value => value
  const pattern = new RegExp(longestFirst.map(form => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
  const text = (value: string) => value.replace(pattern, found => labels.get(found) ?? found)
  return <T>(value: T) => replaced(value, text) as T
}

function replaced(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : text(String(value))
  if (Array.isArray(value)) return value.map(entry => replaced(entry, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [text(name), replaced(entry, text)]))
}
