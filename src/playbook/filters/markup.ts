import { itemOf, setItem } from '../python/item.ts'
import { entriesOf } from '../python/mapping.ts'
import { isDict, isList, isUndefined, type Mapping, type Operand, typeName } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { flagArgument } from './argument.ts'
import type { Filter } from './filter.ts'

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** Text that a page shows as it is. */
export function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, letter => HTML[letter] as string)
}

/** A mapping as the attributes of an element; None and what is undefined are left out. */
const xmlAttributes: Filter = (of, call) => {
  if (!isDict(of)) throw new Error(`'${typeName(of)}' object has no attribute 'items'`)
  const parts = entriesOf(of)
    .filter(([, value]) => value !== null && !isUndefined(value))
    .map(([key, value]) => {
      if (/[\s/>=]/.test(str(key))) throw new Error(`"${str(key)}" is no name of an attribute`)
      return `${escapedHtml(str(key))}="${escapedHtml(str(value))}"`
    })
  const text = parts.join(' ')
  return text !== '' && flagArgument(call, 0, 'autospace', true) ? ` ${text}` : text
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\xa0' }

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? all
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

function withoutTags(text: string): string {
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, '')
  return unescaped(
    bare
      .split(/\s+/)
      .filter(word => word !== '')
      .join(' '),
  )
}

const PIECE =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const DEEPEST = 200

interface Element {
  readonly name: string
  readonly content: Mapping
  text: string
}

/** XML as mappings: attributes are '@name', text beside them '#text', elements of the same name a list. Throws Error for what is no XML. */
function fromXml(text: string): Operand {
  const open: Element[] = [{ name: '', content: {}, text: '' }]
  let at = 0
  for (const found of text.matchAll(PIECE)) {
    at = found.index + found[0].length
    readPiece(found, open)
  }
  const [root] = open
  if (at < text.length || open.length !== 1 || !root || Object.keys(root.content).length !== 1)
    throw new Error(`this is not XML (at character ${at + 1})`)
  return root.content
}

function readPiece(
  [, literal, closing, name, attributes = '', alone, written]: RegExpMatchArray,
  open: Element[],
): void {
  const current = open.at(-1) as Element
  if (literal !== undefined || written !== undefined) current.text += literal ?? unescaped(written as string)
  if (name === undefined) return
  if (closing) {
    if (open.length < 2 || current.name !== name) throw new Error(`this is not XML: </${name}> closes nothing`)
    close(open)
    return
  }
  if (open.length > DEEPEST) throw new Error('this XML is nested too deeply')
  const element: Element = { name, content: {}, text: '' }
  for (const [, key, value = ''] of attributes.matchAll(/([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g))
    setItem(element.content, `@${key}`, unescaped(value.slice(1, -1)))
  open.push(element)
  if (alone) close(open)
}

function close(open: Element[]): void {
  const { name, content, text } = open.pop() as Element
  const parent = open.at(-1) as Element
  const said = text.trim()
  const isBare = Object.keys(content).length === 0
  if (!isBare && said !== '') setItem(content, '#text', said)
  const value = isBare ? (said === '' ? null : said) : content
  const before = itemOf(parent.content, name)
  if (before === undefined) setItem(parent.content, name, value)
  else setItem(parent.content, name, isList(before) ? [...before, value] : [before, value])
}

/** Filters on HTML and XML. */
export const markupFilters: Record<string, Filter> = {
  e: of => escapedHtml(str(of)),
  escape: of => escapedHtml(str(of)),
  forceescape: of => escapedHtml(str(of)),
  safe: of => of,
  striptags: of => withoutTags(str(of)),
  xmlattr: xmlAttributes,
  from_xml: of => fromXml(str(of)),
}
