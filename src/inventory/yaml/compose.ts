import { type AliasEvent, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'
import { type Key, noteFloats, noteKeys, writtenFloats, writtenKeys } from '../../model/as-written.ts'
import { FailureError } from '../../model/failure.ts'
import { isSecretName } from '../../model/secret.ts'
import type { Value } from '../../model/value.ts'
import { lineFinder, type Places, type YamlTools } from './places.ts'
import { isWholeFloat, plainScalar } from './scalar.ts'

type Anchored = Extract<Event, { anchorStart: number }>

/** A bomb of aliases is refused long before it fills the memory. */
const MOST_ALIASED_NODES = 200_000
/** Letters of a text that count as one more node. */
const LETTERS_PER_NODE = 64

/** js-yaml's event stream → values with the place of every part. Throws FailureError (invalid). */
export function composeDocuments(events: readonly Event[], text: string, file: string) {
  const tools: YamlTools = { text, file, at: lineFinder(text) }
  const state = { next: 0, copied: 0, anchors: new Map<string, Node>() }
  const documents: { value: Value; source: { file: string; places: Places } }[] = []
  while (state.next < events.length) {
    const event = events[state.next] as Event
    state.next++
    if (event.type === EVENT_ID.POP) continue
    state.anchors.clear()
    const root = events[state.next]
    const places: Places = new Map()
    const node: Node =
      !root || root.type === EVENT_ID.POP
        ? { value: null, size: 1, at: 0 }
        : compose(events, state, { tools, places, path: '' })
    if (!places.has('')) places.set('', tools.at(node.at))
    documents.push({ value: node.value, source: { file, places } })
  }
  return documents
}

interface Node {
  readonly value: Value
  readonly size: number
  readonly at: number
  /** 1.0: a float, though the number is whole. */
  readonly isWholeFloat?: boolean
}
interface State {
  next: number
  copied: number
  readonly anchors: Map<string, Node>
}
interface Spot {
  readonly tools: YamlTools
  readonly places: Places
  readonly path: string
}

function compose(events: readonly Event[], state: State, spot: Spot): Node {
  const event = events[state.next++] as Event
  if (event.type === EVENT_ID.ALIAS) return alias(event, state, spot)
  if (event.type === EVENT_ID.SCALAR) return anchor(event, scalar(event, spot), state, spot)
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) refuseTag(event, spot)
  if (event.type === EVENT_ID.SEQUENCE) return anchor(event, sequence(events, event.start, state, spot), state, spot)
  if (event.type === EVENT_ID.MAPPING) return anchor(event, mapping(events, event.start, state, spot), state, spot)
  throw new Error('a YAML event out of place')
}

/** A tag that makes an object of a list or mapping (!!python/object) must not be read as if it were not there. */
function refuseTag(event: { readonly tagStart: number; readonly tagEnd: number }, { tools, path }: Spot): void {
  if (event.tagStart < 0) return
  const tag = tools.text.slice(event.tagStart, event.tagEnd)
  if (!COLLECTION_TAGS.has(tag)) throw unknownTag(tag, event.tagStart, { tools, path })
}

/** A password may begin with '!' or '*': beside the name of a secret its text is not quoted. */
function unknownTag(tag: string, at: number, { tools, path }: Pick<Spot, 'tools' | 'path'>): FailureError {
  if (isBesideSecret(path))
    return problem(tools, at, 'a value that begins with ! is read as a tag', 'Put it in quotes.')
  return problem(tools, at, `the tag ${tag} is not known`, KNOWN_TAGS)
}

function isBesideSecret(path: string): boolean {
  return isSecretName(path.split('/').findLast(name => !/^\d*$/.test(name)) ?? '')
}

const COLLECTION_TAGS = new Set(['!', '!!seq', '!!map', '!!set', '!!omap', '!!pairs', '!unsafe'])
const KNOWN_TAGS = 'Known tags: !unsafe, !vault, !!str, !!int, !!float, !!bool, !!null, !!seq, !!map.'

function anchor(event: Anchored, node: Node, state: State, spot: Spot): Node {
  if (event.anchorStart >= 0) state.anchors.set(spot.tools.text.slice(event.anchorStart, event.anchorEnd), node)
  return node
}

function alias(event: AliasEvent, state: State, { tools, path }: Spot): Node {
  const name = tools.text.slice(event.anchorStart, event.anchorEnd)
  const node = state.anchors.get(name)
  if (!node && isBesideSecret(path))
    throw problem(tools, event.anchorStart, 'a value that begins with * is read as an alias', 'Put it in quotes.')
  if (!node)
    throw problem(tools, event.anchorStart, `the alias *${name} names no anchor above it`, `Define &${name} first.`)
  state.copied += node.size
  if (state.copied > MOST_ALIASED_NODES)
    throw problem(tools, event.anchorStart, 'its aliases expand to too many values', 'Use fewer nested anchors.')
  return node
}

function sequence(events: readonly Event[], start: number, state: State, spot: Spot): Node {
  const entries: Value[] = []
  const floats: Floats = { names: new Set(), isAny: false }
  let size = 1
  while (events[state.next]?.type !== EVENT_ID.POP) {
    const path = `${spot.path}/${entries.length}`
    const entry = compose(events, state, { ...spot, path })
    if (!spot.places.has(path)) spot.places.set(path, spot.tools.at(entry.at))
    noteFloat(floats, String(entries.length), entry)
    entries.push(entry.value)
    size += entry.size
  }
  state.next++
  if (floats.isAny) noteFloats(entries, floats.names)
  return { value: entries, size, at: start }
}

/** The whole floats of a list or mapping, and whether there are any below it. */
interface Floats {
  readonly names: Set<string>
  isAny: boolean
}

function noteFloat(floats: Floats, name: string, { value, isWholeFloat = false }: Node): void {
  if (isWholeFloat) floats.names.add(name)
  floats.isAny ||= isWholeFloat || (typeof value === 'object' && value !== null && writtenFloats(value) !== undefined)
}

function mapping(events: readonly Event[], start: number, state: State, spot: Spot): Node {
  const own: Record<string, Value> = {}
  const merged: Record<string, Value>[] = []
  const seen = new Map<string, number>()
  const keys = new Map<string, Key>()
  const floats: Floats = { names: new Set(), isAny: false }
  let size = 1
  while (events[state.next]?.type !== EVENT_ID.POP) {
    const plain = (events[state.next] as ScalarEvent).style === SCALAR_STYLE.PLAIN
    const key = compose(events, state, { ...spot, places: new Map(), path: '' })
    const name = keyName(key, spot.tools)
    if (name === '<<' && plain) {
      const source = compose(events, state, { ...spot, places: new Map(), path: '' })
      merged.push(...mergeSources(source, spot.tools))
      size += source.size
      continue
    }
    refuseTwice(name, key.at, seen, spot.tools)
    const path = `${spot.path}/${name}`
    spot.places.set(path, spot.tools.at(key.at))
    const entry = compose(events, state, { ...spot, path })
    keys.set(name, name === key.value ? name : (key.value as Key))
    noteFloat(floats, name, entry)
    define(own, name, entry.value)
    size += entry.size
  }
  state.next++
  noteKeys(own, keys)
  if (floats.isAny) noteFloats(own, floats.names)
  return { value: withMerged(own, merged), size, at: start }
}

/** What << names stands below what the mapping says itself. */
function withMerged(own: Record<string, Value>, merged: readonly Record<string, Value>[]): Value {
  if (merged.length === 0) return own
  const result: Record<string, Value> = {}
  const keys = new Map<string, Key>()
  const floats: Floats = { names: new Set(), isAny: false }
  for (const source of [...merged.toReversed(), own]) {
    const whole = writtenFloats(source)
    floats.isAny ||= whole !== undefined
    for (const [name, key] of writtenKeys(source) ?? Object.keys(source).map(each => [each, each] as const)) {
      keys.set(name, key)
      if (whole?.has(name)) floats.names.add(name)
      else floats.names.delete(name)
      define(result, name, source[name] as Value)
    }
  }
  noteKeys(result, keys)
  if (floats.isAny) noteFloats(result, floats.names)
  return result
}

/** `__proto__` must become a key like others, not the object's prototype. */
function define(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

function mergeSources(source: Node, tools: YamlTools): Record<string, Value>[] {
  const list = Array.isArray(source.value) ? source.value : [source.value]
  return list.map(entry => {
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry as Record<string, Value>
    throw problem(
      tools,
      source.at,
      'the merge key << needs a mapping or a list of mappings',
      'Point it at an anchored mapping.',
    )
  })
}

function keyName(key: Node, tools: YamlTools): string {
  const value = key.value
  if (value === null) return ''
  if (typeof value === 'boolean') return tools.text.startsWith('=', key.at) ? '=' : value ? 'True' : 'False'
  if (typeof value !== 'object') return String(value)
  throw problem(
    tools,
    key.at,
    'a list or mapping is used as a key',
    'A value that starts with {{ must be quoted: "{{ name }}".',
  )
}

function refuseTwice(name: string, at: number, seen: Map<string, number>, tools: YamlTools): void {
  const before = seen.get(name)
  seen.set(name, at)
  if (before === undefined) return
  const [line, column] = tools.at(before)
  throw problem(tools, at, `the key ${name} is given twice (first at ${line}:${column})`, 'Remove one of them.')
}

function scalar(event: ScalarEvent, { tools, path }: Spot): Node {
  const text = event.valueStart < 0 ? '' : getScalarValue(tools.text, event)
  const at = event.valueStart < 0 ? Math.max(event.tagEnd, event.anchorEnd, 0) : event.valueStart
  const tag = event.tagStart >= 0 ? tools.text.slice(event.tagStart, event.tagEnd) : null
  const plain = event.style === SCALAR_STYLE.PLAIN
  const size = 1 + Math.floor(text.length / LETTERS_PER_NODE)
  const value = tagged(tag, text, { plain, at, tools, path })
  return { value, size, at, isWholeFloat: typeof value === 'number' && isWholeFloat(text) }
}

function tagged(
  tag: string | null,
  text: string,
  { plain, at, tools, path }: { plain: boolean; at: number; tools: YamlTools; path: string },
): Value {
  switch (tag) {
    case null:
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null':
      return plain || tag !== null ? plainScalar(text) : text
    case '!':
    case '!!str':
    case '!!binary':
    case '!!timestamp':
      return text
    case '!unsafe':
      return text.includes('{') ? `{% raw %}${text}{% endraw %}` : text
    case '!vault':
    case '!vault-encrypted':
      throw problem(
        tools,
        at,
        'a value is encrypted with ansible-vault, which weft cannot decrypt yet',
        "Give the secret by an environment variable: \"{{ lookup('env', 'NAME') }}\".",
      )
    default:
      throw unknownTag(tag, at, { tools, path })
  }
}

function problem(tools: YamlTools, offset: number, what: string, remedy: string): FailureError {
  const [line, column] = tools.at(offset)
  return new FailureError({
    code: 'invalid',
    message: `${tools.file}:${line}:${column}: ${what}.`,
    at: { file: tools.file, line, column },
    remedy,
  })
}
