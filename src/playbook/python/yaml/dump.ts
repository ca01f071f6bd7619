import { compare } from '../compare.ts'
import { entriesOf } from '../mapping.ts'
import { defined, isFloat, isList, isSpecial, type Mapping, type Operand, shapeOf } from '../operand.ts'
import { floatText } from '../text.ts'
import { analysisOf, readsOtherwise } from './scalar.ts'
import { putDoubleQuoted, putLiteral, putPlain, putSingleQuoted } from './text.ts'
import { indented, putIndent, putLine, putMark, type Writer, writerOf } from './writer.ts'

/** How YAML is written. */
export interface YamlStyle {
  readonly indent: number
  readonly width: number
  readonly sortKeys: boolean
  /** Lists and mappings in brackets: always, never, or (null) where they hold nothing but scalars. */
  readonly flow: boolean | null
  /** How texts are written: '"', "'", '|', or (null) as they need it. */
  readonly textStyle: string | null
}

/** A value as YAML, letter for letter as PyYAML writes it for Ansible. Throws UndefinedError, and Error for what has no YAML. */
export function yamlText(value: Operand, style: YamlStyle): string {
  const writer = writerOf({ step: style.indent, width: style.width })
  const dump: Dump = { writer, style, names: namesFor(value), named: new Set(), level: 0 }
  putNode(value, { dump, inFlow: false, within: 'root' })
  if (!(writer.isStart && writer.column === 0)) putLine(writer)
  return writer.parts.join('')
}

interface Dump {
  readonly writer: Writer
  readonly style: YamlStyle
  /** Lists and mappings that come more than once: they are written once, and named where they come again. */
  readonly names: ReadonlyMap<unknown, string>
  readonly named: Set<unknown>
  level: number
}

interface At {
  readonly dump: Dump
  readonly inFlow: boolean
  readonly within: 'root' | 'list' | 'mapping' | 'key'
}

const DEEPEST = 200

function namesFor(value: Operand): Map<unknown, string> {
  const seen = new Set<unknown>()
  const names = new Map<unknown, string>()
  const visit = (each: Operand, level: number) => {
    if (typeof each !== 'object' || each === null || isFloat(each) || isSpecial(each)) return
    if (level > DEEPEST) throw new Error(`a value of more than ${DEEPEST} levels cannot be written`)
    if (seen.has(each)) {
      if (!names.has(each)) names.set(each, '')
      return
    }
    seen.add(each)
    for (const inner of isList(each) ? each : Object.values(defined(each) as Mapping)) visit(inner, level + 1)
  }
  visit(value, 0)
  return names
}

function putNode(value: Operand, at: At): void {
  const known = defined(value)
  if (typeof known !== 'object' || known === null || isFloat(known) || isSpecial(known)) {
    indented(at.dump.writer, { isFlow: true }, () => putScalar(known, at))
    return
  }
  if (isList(known) && !/^(list|tuple)$/.test(shapeOf(known))) throw new Error(`cannot represent a ${shapeOf(known)}`)
  if (!putName(known, at.dump)) putCollection(known as readonly Operand[] | Mapping, at)
}

/** &id001 before what comes again; *id001 where it does: then nothing else is written. */
function putName(value: object, { writer, names, named }: Dump): boolean {
  if (!names.has(value)) return false
  const isAgain = named.has(value)
  if (!isAgain) {
    named.add(value)
    const name = `id${String(named.size).padStart(3, '0')}`
    ;(names as Map<unknown, string>).set(value, name)
  }
  putMark(writer, `${isAgain ? '*' : '&'}${names.get(value)}`, { needsBlank: true })
  return isAgain
}

function putCollection(value: readonly Operand[] | Mapping, at: At): void {
  const { dump } = at
  const entries = isList(value) ? value : entriesOf(value)
  const inFlow = at.inFlow || entries.length === 0 || isFlow(value, dump.style)
  if (isList(value)) {
    if (inFlow)
      putFlow(
        '[]',
        value.map(entry => () => putNode(entry, { dump, inFlow, within: 'list' })),
        dump,
      )
    else putBlockList(value, at)
    return
  }
  const sorted = dump.style.sortKeys ? sortedByKey(entries as [Operand, Operand][]) : (entries as [Operand, Operand][])
  if (inFlow)
    putFlow(
      '{}',
      sorted.map(
        ([key, entry]) =>
          () =>
            putEntry(key, entry, { dump, inFlow }),
      ),
      dump,
    )
  else
    indented(dump.writer, {}, () => {
      for (const [key, entry] of sorted) {
        putIndent(dump.writer)
        putEntry(key, entry, { dump, inFlow })
      }
    })
}

/** PyYAML leaves keys as they are where they cannot be ordered. */
function sortedByKey(entries: readonly [Operand, Operand][]): [Operand, Operand][] {
  try {
    return entries.toSorted(([a], [b]) => compare(a, b))
  } catch {
    return [...entries]
  }
}

function isFlow(value: readonly Operand[] | Mapping, { flow }: YamlStyle): boolean {
  if (flow !== null) return flow
  const inner: readonly Operand[] = isList(value) ? value : Object.values(value)
  return inner.every(entry => typeof entry !== 'object' || entry === null || isFloat(entry))
}

function putBlockList(list: readonly Operand[], { dump, within }: At): void {
  const { writer } = dump
  indented(writer, { isSame: within === 'mapping' && !writer.isStart }, () => {
    for (const entry of list) {
      putIndent(writer)
      putMark(writer, '-', { needsBlank: true, isStart: true })
      putNode(entry, { dump, inFlow: false, within: 'list' })
    }
  })
}

function putFlow(brackets: string, entries: readonly (() => void)[], { writer }: Dump): void {
  putMark(writer, brackets[0] as string, { needsBlank: true, isBlank: true })
  indented(writer, { isFlow: true }, () => {
    for (const [index, putOne] of entries.entries()) {
      if (index > 0) putMark(writer, ',')
      if (writer.column > writer.width) putIndent(writer)
      putOne()
    }
  })
  putMark(writer, brackets[1] as string)
}

const LONGEST_KEY = 128

function putEntry(key: Operand, entry: Operand, { dump, inFlow }: { dump: Dump; inFlow: boolean }): void {
  const { writer } = dump
  const { text } = scalarOf(key)
  if (text.length < LONGEST_KEY && text !== '' && !text.includes('\n')) {
    putNode(key, { dump, inFlow, within: 'key' })
    putMark(writer, ':')
  } else {
    putMark(writer, '?', { needsBlank: true, isStart: true })
    putNode(key, { dump, inFlow, within: 'mapping' })
    if (!inFlow) putIndent(writer)
    putMark(writer, ':', { needsBlank: true, isStart: true })
  }
  putNode(entry, { dump, inFlow, within: 'mapping' })
}

/** The text of a scalar, and whether it is one of Python's texts. */
function scalarOf(value: Operand): { text: string; isText: boolean } {
  if (value === null) return { text: 'null', isText: false }
  if (typeof value === 'boolean') return { text: String(value), isText: false }
  if (isFloat(value)) return { text: floatYaml(Number(value)), isText: false }
  if (typeof value === 'string') return { text: value, isText: true }
  return { text: isSpecial(value) ? value.text() : String(value), isText: false }
}

function floatYaml(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  const text = floatText(value)
  return text.includes('.') ? text : text.replace('e', '.0e')
}

function putScalar(value: Operand, { dump: { writer, style }, inFlow, within }: At): void {
  const { text, isText } = scalarOf(value)
  const isKey = within === 'key'
  const wanted = isText ? howQuoted(text, style.textStyle, { inFlow, isKey }) : 'plain'
  if (wanted === 'plain') putPlain(writer, text, !isKey)
  else if (wanted === '|') putLiteral(writer, text)
  else if (wanted === "'") putSingleQuoted(writer, text, !isKey)
  else putDoubleQuoted(writer, text, !isKey)
}

function howQuoted(
  text: string,
  wanted: string | null,
  { inFlow, isKey }: { inFlow: boolean; isKey: boolean },
): 'plain' | '|' | "'" | '"' {
  const analysis = analysisOf(text)
  const isPlain = (inFlow ? analysis.flowPlain : analysis.blockPlain) && !readsOtherwise(text)
  if (wanted === null && isPlain && !(isKey && (analysis.isEmpty || analysis.isMultiline))) return 'plain'
  if (wanted === '|' && !inFlow && !isKey && analysis.block) return '|'
  const isQuoted = (wanted === null || wanted === "'") && analysis.singleQuoted && !(isKey && analysis.isMultiline)
  return isQuoted ? "'" : '"'
}
