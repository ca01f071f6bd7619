import type { RunEvent } from '../model/event.ts'
import { isSecret } from '../model/secret.ts'
import { casesOf, formsOf, insideJson, reachOf } from './secret-forms.ts'
import { BEHIND_NAME, MAY_HOLD_PLACE, withoutPlaces } from './secret-places.ts'

/**
 * Secrets are followed by value: whatever was added shows as ******** in every text, also where it is encoded; a short one or an ordinary word where it
 * stands by itself (secret-forms.ts). Places that hold one whatever it is (user:secret@ in URLs), and data under a secret's name, are left out too.
 */
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
  const known: Known = { anywhere: new Set(), words: new Set(), named: new Set(), fields: new Set() }
  let patterns: Patterns | null = null
  const text = (value: string) => {
    patterns ??= patternsOf(known)
    if (patterns.all === null) return withoutPlaces(value)
    if (known.fields.has(value.trim())) return SHOWN
    return withoutPlaces(value.replace(patterns.all, SHOWN))
  }
  const mayHold = (event: RunEvent) => {
    patterns ??= patternsOf(known)
    const json = JSON.stringify(event)
    return patterns.any?.test(json) || MAY_HOLD_PLACE.test(json) || MAY_HOLD_NAME.test(json)
  }
  return {
    add(secret) {
      if (added.has(secret) || secret.trim() === '') return
      added.add(secret)
      if (follow(known, secret)) patterns = null
    },
    text,
    secrets: () => [...added],
    data: value => masked(value, text, '', true) as typeof value,
    // Hardly any event holds a secret: whether one does is asked of its text, once.
    event: event => (mayHold(event) ? (masked(event, text) as typeof event) : event),
  }
}

/** The forms of secrets, by how they are looked for. */
interface Known {
  readonly anywhere: Set<string>
  readonly words: Set<string>
  readonly named: Set<string>
  /** Those that are a secret where a whole text is one of them. */
  readonly fields: Set<string>
}

interface Patterns {
  readonly all: RegExp | null
  /** The same without regard to what stands around them, in JSON. */
  readonly any: RegExp | null
}

const MAY_HOLD_NAME = /"[^"]*(?:pass|pwd|secret|token|key|psk|pin|communit|credential|bearer|jwt)[^"]*":/i

/** Returns whether anything is new. */
function follow(known: Known, secret: string): boolean {
  const before = known.anywhere.size + known.words.size + known.named.size
  const bare = secret.trim()
  const reach = reachOf(bare)
  for (const form of formsOf(secret)) if (reach === 'anywhere' || form.trim() !== bare) known.anywhere.add(form)
  for (const form of casesOf(bare)) (reachOf(form) === 'anywhere' ? known.anywhere : known.words).add(form)
  if (reach === 'word') known.words.add(bare)
  if (reach === 'named' || reach === 'field') known.named.add(bare)
  if (reach === 'word' || reach === 'field') known.fields.add(bare)
  return known.anywhere.size + known.words.size + known.named.size > before
}

function patternsOf({ anywhere, words, named }: Known): Patterns {
  const whole = [
    ...longestFirst(anywhere).map(quoted),
    ...longestFirst(words).map(asWord),
    ...longestFirst(named).map(secret => `${BEHIND_NAME}${quoted(secret)}(?!\\w)`),
  ]
  if (whole.length === 0) return { all: null, any: null }
  const loose = longestFirst(new Set([...anywhere, ...words, ...named].map(insideJson))).map(quoted)
  return { all: new RegExp(whole.join('|'), 'g'), any: new RegExp(loose.join('|')) }
}

/** Not within a longer word, nor as a part of a name with dashes. */
function asWord(secret: string): string {
  return `${/^\w/.test(secret) ? '(?<![\\w-])' : ''}${quoted(secret)}${/\w$/.test(secret) ? '(?![\\w-])' : ''}`
}

function longestFirst(secrets: ReadonlySet<string>): string[] {
  return [...secrets].sort((a, b) => b.length - a.length)
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** @param isData what a playbook or a device brought along: there no name is above suspicion */
function masked(value: unknown, text: (value: string) => string, key = '', isData = false): unknown {
  if (!isData && STRUCTURE.has(key)) return value
  if (isData && (typeof value === 'string' || typeof value === 'number') && isSecret(key, value)) return SHOWN
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return !isData && NUMBERS.has(key) ? value : maskedNumber(value, text)
  const inside = isData || FREE.has(key)
  if (Array.isArray(value)) return value.map(entry => masked(entry, text, inside ? key : '', inside))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [text(name), masked(entry, text, name, inside)]),
  )
}

/** A password without letters; a number that only contains one stays a number. */
function maskedNumber(value: number, text: (value: string) => string): number | string {
  return text(String(value)) === SHOWN ? SHOWN : value
}
