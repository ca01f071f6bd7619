import type { RunEvent } from '../model/event.ts'

/** Secrets are followed by value: whatever was added shows as ******** in every text, also where it is encoded. */
export interface Mask {
  add(secret: string): void
  text(text: string): string
  /** All that was added. */
  secrets(): readonly string[]
  event<E extends RunEvent>(event: E): E
  /** Plain data that is kept: no name in it is above suspicion. */
  data<T>(value: T): T
}

const SHOWN = '********'
/** Shorter values would blank half of every text and give themselves away by it. */
const SHORTEST = 4
/** Fields that name things; a password that equals a host's name must not make the stream unreadable. */
const STRUCTURE = new Set([
  'event',
  'time',
  'run',
  'host',
  'hosts',
  'id',
  'status',
  'step',
  'code',
  'mode',
  'action',
  'file',
])

/** Numbers that an event itself counts. */
const NUMBERS = new Set(['line', 'column', 'rc', 'seconds', 'exit'])
/** Fields that hold whatever a task made. */
const FREE = new Set(['msg', 'item'])

export function createMask(): Mask {
  const added = new Set<string>()
  const secrets = new Set<string>()
  let pattern: RegExp | null = null
  let jsonPattern: RegExp | null = null
  const text = (value: string) => {
    if (secrets.size === 0) return value
    pattern ??= patternOf(secrets)
    return value.replace(pattern, SHOWN)
  }
  const mayHold = (event: RunEvent) => {
    jsonPattern ??= patternOf(new Set([...secrets].map(insideJson)), '')
    return jsonPattern.test(JSON.stringify(event))
  }
  return {
    add(secret) {
      if (added.has(secret)) return
      added.add(secret)
      for (const form of formsOf(secret)) {
        if (secrets.has(form)) continue
        secrets.add(form)
        pattern = null
        jsonPattern = null
      }
    },
    text,
    secrets: () => [...added],
    // Hardly any event holds a secret: whether one does is asked of its text, once.
    data: value => (secrets.size > 0 ? (masked(value, text, '', true) as typeof value) : value),
    event: event => (secrets.size > 0 && mayHold(event) ? (masked(event, text) as typeof event) : event),
  }
}

/** The value itself and how it looks inside JSON, base64, a URL, or line by line (a PEM key). */
export function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter(line => line.length >= 16 && !line.startsWith('-----'))
  return [
    secret,
    secret.trim(),
    ...(secret.includes('\n') ? lines : []),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    insideJson(secret),
    insideJson(insideJson(secret)),
    encodeURIComponent(secret),
  ].filter(form => form.length >= SHORTEST)
}

function insideJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function patternOf(secrets: ReadonlySet<string>, flags = 'g'): RegExp {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map(secret => secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), flags)
}

/** @param isData what a playbook or a device brought along: there no name is above suspicion */
function masked(value: unknown, text: (value: string) => string, key = '', isData = false): unknown {
  if (!isData && STRUCTURE.has(key)) return value
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return !isData && NUMBERS.has(key) ? value : maskedNumber(value, text)
  const inside = isData || FREE.has(key)
  if (Array.isArray(value)) return value.map(entry => masked(entry, text, '', inside))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [text(name), masked(entry, text, name, inside)]),
  )
}

/** A password without letters; a number that only contains one stays a number. */
function maskedNumber(value: number, text: (value: string) => string): number | string {
  return text(String(value)) === SHOWN ? SHOWN : value
}
