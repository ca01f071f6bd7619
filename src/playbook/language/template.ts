import { accept, type Cursor, cursorOf, expectEnd, isEnd, peek, takeName } from './cursor.ts'
import type { Expression } from './expression.ts'
import { problemAt, tokens } from './lexer.ts'
import type { MacroParts, Node, Parameter } from './node.ts'
import { parseChoice, parseExpression, parseTuple } from './parse.ts'
import { readsOf } from './reads.ts'
import type { Segment } from './segments.ts'
import {
  parseAssignments,
  parseBlockFilters,
  parseFor,
  parseFrom,
  parseImport,
  parseInclude,
  parseParameters,
  parseTarget,
} from './statement.ts'

/** The segments of a template as a tree. `raw`: backslashes in quotes within {{ }} stay as written. Throws SyntaxProblem. */
export function parseNodes(segments: readonly Segment[], { raw }: { raw: boolean }): Node[] {
  const reader: Reader = { segments, next: 0, raw, depth: 0 }
  const { nodes, ended } = parseBody(reader, null)
  if (ended) throw problemAt(`{% ${ended.word} %} has nothing to end`, ended.at)
  return nodes
}

interface Reader {
  readonly segments: readonly Segment[]
  readonly raw: boolean
  next: number
  depth: number
}

/** The statement that ended a body: its word, and what stands behind it. */
interface Ended {
  readonly word: string
  readonly cursor: Cursor
  readonly at: number
}

interface Opened {
  readonly word: string
  readonly ends: readonly string[]
  readonly at: number
}

const DEEPEST = 100

/** Nodes until one of the words that end what was opened. Throws SyntaxProblem when there is none. */
function parseBody(reader: Reader, opened: Opened | null): { nodes: Node[]; ended: Ended | null } {
  const nodes: Node[] = []
  if (reader.depth++ > DEEPEST) throw problemAt('statements are nested too deeply', opened?.at ?? 0)
  while (reader.next < reader.segments.length) {
    const segment = reader.segments[reader.next++] as Segment
    const { kind, inner, at } = segment
    if (kind === 'text') nodes.push({ type: 'text', text: inner })
    if (kind === 'output')
      nodes.push({ type: 'output', value: parseExpression(inner, { from: at, raw: reader.raw }), at })
    if (kind !== 'statement') continue
    const cursor = cursorOf(tokens(inner, { from: at }))
    const word = takeName(cursor)
    if (opened?.ends.includes(word) || /^(end\w+|else|elif)$/.test(word)) {
      reader.depth--
      if (opened && !opened.ends.includes(word)) throw unended(opened, { word, at })
      return { nodes, ended: { word, cursor, at } }
    }
    nodes.push(...parseStatement(word, cursor, { reader, at }))
  }
  reader.depth--
  if (opened) throw unended(opened, null)
  return { nodes, ended: null }
}

function unended({ word, ends, at }: Opened, found: { word: string; at: number } | null) {
  const wanted = ends.map(end => `{% ${end} %}`).join(' or ')
  return found
    ? problemAt(`unexpected {% ${found.word} %}: {% ${word} %} needs ${wanted} first`, found.at)
    : problemAt(`{% ${word} %} is not closed by ${wanted}`, at)
}

interface At {
  readonly reader: Reader
  readonly at: number
}

type Statement = (cursor: Cursor, at: At) => Node | readonly Node[]

function parseStatement(word: string, cursor: Cursor, at: At): readonly Node[] {
  const statement = Object.hasOwn(STATEMENTS, word) ? STATEMENTS[word] : undefined
  if (!statement) throw problemAt(`unknown statement "${word}"`, at.at)
  const parsed = statement(cursor, at)
  return Array.isArray(parsed) ? parsed : [parsed as Node]
}

/** The body of a statement whose head is read, up to its one end. */
function bodyOf(word: string, cursor: Cursor, { reader, at }: At, end = `end${word}`): Node[] {
  expectEnd(cursor)
  const { nodes, ended } = parseBody(reader, { word, ends: [end], at })
  // {% endblock name %} and {% endmacro name %} may say once more what they end.
  if (ended && !isEnd(ended.cursor) && /^end(block|macro)$/.test(end)) takeName(ended.cursor)
  if (ended) expectEnd(ended.cursor)
  return nodes
}

function alone(cursor: Cursor, node: Node): Node {
  expectEnd(cursor)
  return node
}

const parseIf: Statement = (cursor, { reader, at }) => {
  const branches: { test: Expression | null; body: Node[] }[] = []
  let [head, test]: [Cursor, Expression | null] = [cursor, parseTuple(cursor)]
  for (;;) {
    expectEnd(head)
    const ends = test ? ['elif', 'else', 'endif'] : ['endif']
    const { nodes, ended } = parseBody(reader, { word: 'if', ends, at })
    branches.push({ test, body: nodes })
    if (!ended || ended.word === 'endif') {
      if (ended) expectEnd(ended.cursor)
      return { type: 'if', at, branches }
    }
    head = ended.cursor
    test = ended.word === 'elif' ? parseTuple(head) : null
  }
}

const parseLoop: Statement = (cursor, { reader, at }) => {
  const head = parseFor(cursor)
  expectEnd(cursor)
  const { nodes: body, ended } = parseBody(reader, { word: 'for', ends: ['else', 'endfor'], at })
  if (ended) expectEnd(ended.cursor)
  if (ended?.word !== 'else') return { type: 'for', at, ...head, body, otherwise: [] }
  const rest = parseBody(reader, { word: 'for', ends: ['endfor'], at })
  if (rest.ended) expectEnd(rest.ended.cursor)
  return { type: 'for', at, ...head, body, otherwise: rest.nodes }
}

const parseSet: Statement = (cursor, at) => {
  const target = parseTarget(cursor, '=')
  if (accept(cursor, '=')) return alone(cursor, { type: 'set', at: at.at, target, value: parseTuple(cursor) })
  const filters = accept(cursor, '|') ? parseBlockFilters(cursor) : []
  return { type: 'capture', at: at.at, target, filters, body: bodyOf('set', cursor, at) }
}

function macroOf(name: string, parameters: readonly Parameter[], body: Node[]): MacroParts {
  return { name, parameters, body, reads: readsOf(body) }
}

const parseCall: Statement = (cursor, at) => {
  const parameters = peek(cursor).text === '(' ? parseParameters(cursor) : []
  const call = parseChoice(cursor)
  if (call.type !== 'call') throw problemAt('expected the call of a macro', at.at)
  return { type: 'call', at: at.at, call, caller: macroOf('caller', parameters, bodyOf('call', cursor, at)) }
}

const parseBlock: Statement = (cursor, at) => {
  const name = takeName(cursor)
  const scoped = accept(cursor, 'scoped')
  accept(cursor, 'required')
  return {
    type: 'block',
    at: at.at,
    name,
    scoped: scoped || accept(cursor, 'scoped'),
    body: bodyOf('block', cursor, at),
  }
}

const STATEMENTS: Readonly<Record<string, Statement>> = {
  if: parseIf,
  for: parseLoop,
  set: parseSet,
  with: (cursor, at) => ({
    type: 'with',
    at: at.at,
    assignments: parseAssignments(cursor),
    body: bodyOf('with', cursor, at),
  }),
  macro: (cursor, at) => {
    const name = takeName(cursor)
    const parameters = parseParameters(cursor)
    return { type: 'macro', at: at.at, macro: macroOf(name, parameters, bodyOf('macro', cursor, at)) }
  },
  call: parseCall,
  filter: (cursor, at) => {
    const filters = parseBlockFilters(cursor)
    return { type: 'capture', at: at.at, target: null, filters, body: bodyOf('filter', cursor, at) }
  },
  block: parseBlock,
  extends: (cursor, { at }) => alone(cursor, { type: 'extends', at, template: parseChoice(cursor) }),
  include: (cursor, { at }) => alone(cursor, parseInclude(cursor, at)),
  import: (cursor, { at }) => alone(cursor, parseImport(cursor, at)),
  from: (cursor, { at }) => alone(cursor, parseFrom(cursor, at)),
  do: (cursor, { at }) => alone(cursor, { type: 'do', at, value: parseTuple(cursor) }),
  print: (cursor, { at }) => alone(cursor, { type: 'output', at, value: parseTuple(cursor) }),
  break: (cursor, { at }) => alone(cursor, { type: 'break', at }),
  continue: (cursor, { at }) => alone(cursor, { type: 'continue', at }),
  // What Ansible renders is never escaped, so that the answer does not matter.
  autoescape: (cursor, at) => {
    parseChoice(cursor)
    return bodyOf('autoescape', cursor, at)
  },
}
