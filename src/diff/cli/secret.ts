import type { SecretSpan } from './secret/form.ts'
import { isHarmless, isNaming, isProse, secretsByForm } from './secret/forms.ts'
import { isBlob, unknownSpans } from './secret/unknown.ts'

const SHOWN = '********'

/** Every line of every host is asked about: most hold none at a glance. */
const MAY_HOLD =
  /pa(ss?|ssw\w*)? |pass|secret|key|psk|token|auth|communi|md5|sha|priv|trap|spi |pmk|crypto|snmp|\$\w{1,8}\$|:\/\/|"|[0-9a-f]{8}|[a-z0-9+/]{16}/i
/** `scp://user:secret@host`; a number before the first slash is a port. */
const USER_INFO = /:\/\/[^\s:@/]*:(?!\d+(?:\/|\s|$))(\S*)@(?=[^\s@]*(?:\s|$))/dg

/**
 * The secrets of a configuration line, by the grammar of NX-OS: from the table of its line forms, else from words that announce key material and
 * from what looks like some. In order, without overlaps.
 * @param line without the blanks around it
 * @param context the line of the context that it is in; within `key chain` a key is a number or a name
 */
export function secretsIn(line: string, context = ''): readonly SecretSpan[] {
  return MAY_HOLD.test(line) ? sorted([...urlSpans(line), ...lineSpans(line, context)]) : []
}

/**
 * The same, but only those that a known line form says are one: for texts that need not be configuration. A switch shows its keywords in lower case.
 */
export function knownSecretsIn(line: string): readonly SecretSpan[] {
  if (!MAY_HOLD.test(line)) return []
  return sorted([...urlSpans(line), ...(/^[a-z]/.test(line) ? moved(line, formSpans) : [])])
}

/** Known to everybody: to follow them by value would leave out words that are none. */
const NO_SECRETS = new Set(['', 'public', 'private'])

/** The secrets of spans, to be followed by value. */
export function secretValues(spans: readonly SecretSpan[]): string[] {
  return spans.map(({ secret }) => secret).filter(secret => !NO_SECRETS.has(secret))
}

/** The line with its secrets left out, for people to read. */
export function maskedLine(line: string, context = ''): string {
  return replaced(line, secretsIn(line, context))
}

/** Contexts from the outside in, each with its secrets left out. */
export function maskedContexts(parents: readonly string[]): string[] {
  return parents.map((line, depth) => maskedLine(line, parents[depth - 1]))
}

/** A text of many lines, such as what a switch answered, with the secrets of known lines left out, and what a PEM block holds. */
export function maskedText(text: string): string {
  let isPem = false
  return text
    .split('\n')
    .map(raw => {
      if (/-----BEGIN [A-Z ]+-----/.test(raw)) isPem = true
      else if (/-----END [A-Z ]+-----/.test(raw)) isPem = false
      else if (isPem) return SHOWN
      const line = raw.trim()
      const known = knownSecretsIn(line)
      return known.length === 0 ? raw : raw.replace(line, () => replaced(line, known))
    })
    .join('\n')
}

/** True when a wanted secret in clear meets an encrypted one: nobody can say whether they are the same. */
export function isIncomparable(wanted: string, live: string): boolean {
  const want = secretsIn(wanted)[0]
  const have = secretsIn(live)[0]
  return want !== undefined && have !== undefined && isClear(want) && !isClear(have)
}

function isClear({ type }: SecretSpan): boolean {
  return type === '' || type === '0'
}

function lineSpans(line: string, context: string): readonly SecretSpan[] {
  const known = moved(line, formSpans)
  if (known.length > 0) return known
  const positive = line.slice(signLength(line))
  if (isBlob(positive)) return [{ start: 0, end: line.length, type: '', secret: line }]
  if (isProse(positive) || isNaming(positive) || isHarmless(positive)) return []
  if (context.startsWith('key chain ') && /^key /.test(positive)) return []
  return moved(line, unknownSpans)
}

function formSpans(positive: string): SecretSpan[] {
  if (isProse(positive) || isHarmless(positive)) return []
  return secretsByForm(positive)
}

/** Spans of a line without its `no` or `default`, as places in the whole line. */
function moved(line: string, spans: (positive: string) => SecretSpan[]): SecretSpan[] {
  const by = signLength(line)
  return spans(line.slice(by)).map(span => ({ ...span, start: span.start + by, end: span.end + by }))
}

function signLength(line: string): number {
  return /^(no|default)\s+/i.exec(line)?.[0].length ?? 0
}

function urlSpans(line: string): SecretSpan[] {
  return [...line.matchAll(USER_INFO)].flatMap(({ indices, 1: secret = '' }) => {
    const [start, end] = indices?.[1] ?? [0, 0]
    return secret === '' ? [] : [{ start, end, type: '', secret }]
  })
}

function sorted(spans: readonly SecretSpan[]): SecretSpan[] {
  const merged: SecretSpan[] = []
  for (const span of spans.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = merged.at(-1)
    if (!last || span.start >= last.end) merged.push(span)
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end }
  }
  return merged
}

function replaced(line: string, spans: readonly SecretSpan[]): string {
  return spans.toReversed().reduce((text, { start, end }) => text.slice(0, start) + SHOWN + text.slice(end), line)
}
