import { type Expression, walk } from './expression.ts'
import { problemAt } from './lexer.ts'
import { expressionsOf, type Node, walkNodes } from './node.ts'
import { parseExpression } from './parse.ts'
import { readsOf } from './reads.ts'
import { segmentsOf } from './segments.ts'
import { parseNodes } from './template.ts'
import { type Trimming, trimmed } from './trim.ts'

/** How a template is read. */
export interface Reading {
  readonly trimBlocks?: boolean
  readonly lstripBlocks?: boolean
  /** The text of a file: backslashes in its {{ }} are escapes, and what it makes is text. Otherwise it stands in a playbook. */
  readonly file?: boolean
}

/** A template or expression, ready to be evaluated. */
export interface Compiled {
  readonly text: string
  readonly nodes: readonly Node[]
  /** Its expressions, to find unknown filters and tests before it is used. */
  readonly expressions: readonly Expression[]
  /** The names that it reads. */
  readonly names: readonly string[]
  /** The one expression that it is made of and nothing else: its value is kept, not only its text. */
  readonly single: Expression | null
  /** Newlines at the end of the text: Jinja drops one, Ansible sees to it that as many come out. */
  readonly newlines: number
  /** The blocks that it has, at any depth. */
  readonly blocks: readonly Extract<Node, { type: 'block' }>[]
  /** It answers differently each time: what it makes is not kept. */
  readonly isVolatile: boolean
  /** Nothing but text and ways to values such as leaf.ports[0]: it makes the same of the same variables. */
  readonly isPlain: boolean
  /** It calls methods that change their value in place: then it gets variables of its own. */
  readonly changes: boolean
}

/** Compiles a template. Throws SyntaxProblem. */
export function compileTemplate(text: string, reading: Reading = {}): Compiled {
  const { source, skipped, how } = withOverride(text.replaceAll(/\r\n?/g, '\n'), {
    trimBlocks: reading.trimBlocks ?? true,
    lstripBlocks: reading.lstripBlocks ?? false,
  })
  const segments = trimmed(segmentsOf(source.replace(/\n$/, '')), how).map(each => ({ ...each, at: each.at + skipped }))
  const nodes = parseNodes(segments, { raw: !reading.file })
  const [first] = nodes
  const single = nodes.length === 1 && first?.type === 'output' ? first.value : null
  return { ...partsOf(text, nodes), single, newlines: /\n*$/.exec(source)?.[0].length ?? 0 }
}

const TRUE: Expression = { type: 'literal', value: true }
const FALSE: Expression = { type: 'literal', value: false }

/** Compiles a condition: a bare expression. Throws SyntaxProblem. */
export function compileCondition(text: string): Compiled {
  const test = parseExpression(text)
  const value: Expression = { type: 'choice', test, yes: TRUE, no: FALSE }
  return { ...partsOf(text, [{ type: 'output', value, at: 0 }]), single: value, newlines: 0 }
}

function partsOf(text: string, nodes: readonly Node[]) {
  const all = [...walkNodes(nodes)]
  const expressions = all.flatMap(expressionsOf)
  const changes = expressions.some(each => [...walk(each)].some(isChange))
  return {
    text,
    nodes,
    expressions,
    names: [...readsOf(nodes)],
    blocks: all.filter(node => node.type === 'block'),
    isVolatile: VOLATILE.test(text),
    isPlain: nodes.every(node => node.type === 'text' || (node.type === 'output' && isWay(node.value))),
    changes,
  }
}

const VOLATILE = /\b(lookup|query|q|random|now|shuffle|strftime|password_hash|type5_pw|fileglob)\b/

/** hostvars and vars are asked for one name at a time, and know more than the variables. */
function isWay(node: Expression): boolean {
  if (node.type === 'name') return node.name !== 'hostvars' && node.name !== 'vars'
  if (node.type === 'item') return isWay(node.of) && node.key.type === 'literal'
  return node.type === 'attribute' && isWay(node.of)
}

const CHANGING = /^(append|extend|update|pop|popitem|insert|sort|remove|reverse|setdefault|clear)$/

function isChange(part: Expression): boolean {
  return part.type === 'attribute' && CHANGING.test(part.name)
}

const OVERRIDE = '#jinja2:'

/** A first line such as `#jinja2: lstrip_blocks: True` says how the template is read; it is not part of it. */
function withOverride(
  text: string,
  how: Trimming,
): {
  source: string
  skipped: number
  how: Trimming
} {
  if (!text.startsWith(OVERRIDE)) return { source: text, skipped: 0, how }
  const end = text.indexOf('\n')
  const line = text.slice(OVERRIDE.length, end < 0 ? undefined : end)
  const said: { trimBlocks?: boolean; lstripBlocks?: boolean } = {}
  for (const pair of line.split(',')) {
    const [, name = '', value] = /^\s*(\w+)\s*:\s*(True|False)\s*$/.exec(pair) ?? []
    if (name === 'trim_blocks') said.trimBlocks = value === 'True'
    else if (name === 'lstrip_blocks') said.lstripBlocks = value === 'True'
    else
      throw problemAt(
        `"${pair.trim()}" in the first line is none of trim_blocks and lstrip_blocks with True or False`,
        0,
      )
  }
  const skipped = end < 0 ? text.length : end + 1
  return { source: text.slice(skipped), skipped, how: { ...how, ...said } }
}
