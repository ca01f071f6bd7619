import { type Expression, walk } from './expression.ts'
import { namesOf } from './names.ts'
import { parseExpression } from './parse.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { printExpression } from './print.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { appendStatement, collectLocals, rewriteStatement } from './statement.ts'

/** A template or expression, ready for minijinja. */
export interface Compiled {
  /** Minijinja source: a template. */
  readonly source: string
  /** Variables to hand over. */
  readonly names: readonly string[]
  /** Its expressions, to say what was undefined. */
  readonly expressions: readonly Expression[]
  /** Templates that it includes or imports by name. */
  readonly includes: readonly string[]
  /** Keys of the mappings written in it, in their order. */
  readonly orders: readonly (readonly string[])[]
  /** One {{ }} and nothing else: its value is kept, not only its text. */
  readonly single: boolean
  /** Where it is nothing but text and ways to values: see pieces.ts. */
  readonly pieces: readonly Piece[] | null
}

/** Hands a value to us before it becomes text; see engine.ts. */
const CAPTURE = 'weft_capture'

/** Compiles a template. Throws SyntaxProblem. */
export function compileTemplate(template: string): Compiled {
  const segments = segmentsOf(template)
  const locals = collectLocals(segments)
  const expressions: Expression[] = []
  const includes: string[] = []
  const single = segments.length === 1 && segments[0]?.kind === 'output'
  const source = segments
    .map(segment => {
      if (segment.kind === 'text') return segment.inner.replace(/\{$/, "{{ '{' }}")
      if (segment.kind === 'statement') return rewriteStatement(segment, { locals, expressions, includes })
      return output(segment, { locals, expressions, single })
    })
    .join('')
  const names = new Set(expressions.flatMap(each => [...namesOf(each, locals)]))
  const head = [...locals].some(name => name.endsWith('!')) ? '{% set weft_kept = namespace() %}' : ''
  return {
    source: head + source,
    names: [...names],
    expressions,
    includes,
    orders: expressions.flatMap(ordersOf),
    single,
    pieces: piecesOf(segments, expressions),
  }
}

/** Compiles a condition or a bare expression. Throws SyntaxProblem. */
export function compileExpression(text: string, kind: 'value' | 'condition'): Compiled {
  const expression = parseExpression(text)
  const printed = printExpression(expression, NONE)
  const value = kind === 'condition' ? `(true if ${printed} else false)` : printed
  return {
    source: `{{ (${value})|${CAPTURE} }}`,
    names: [...namesOf(expression, NONE)],
    expressions: [expression],
    includes: [],
    orders: ordersOf(expression),
    single: true,
    pieces: null,
  }
}

function ordersOf(expression: Expression): string[][] {
  return [...walk(expression)].flatMap(node => {
    if (node.type !== 'mapping') return []
    const keys = node.entries.map(([key]) => (key.type === 'literal' ? String(key.value) : null))
    return keys.includes(null) ? [] : [keys as string[]]
  })
}

const NONE: ReadonlySet<string> = new Set()

/** Numbers are printed by minijinja, which alone knows 2.0 from 2; all else by us, as Python would. */
function output(
  { inner, open, close, at }: Segment,
  { locals, expressions, single }: { locals: ReadonlySet<string>; expressions: Expression[]; single: boolean },
): string {
  const expression = parseAt(inner, at)
  expressions.push(expression)
  const appended = appendStatement(expression, locals)
  if (appended !== null) return `{%${open === '-' ? '-' : '+'} ${appended} ${close === '-' ? '-' : '+'}%}`
  if (!single && expression.type === 'literal' && typeof expression.value === 'string')
    return `{{${open} ${printExpression(expression, locals)} ${close}}}`
  const value = printExpression(expression, locals)
  if (expression.type === 'list' && expression.tuple && !single)
    return `{{${open} (${value})|weft_tuple_text ${close}}}`
  const set = `{%${open === '-' ? '-' : '+'} set weft_value = ${value} %}`
  const text = 'weft_value if weft_value is number and weft_value is not boolean else weft_value|weft_text'
  return single ? `${set}{{ weft_value|${CAPTURE} }}{{ ${text} }}` : `${set}{{ ${text} ${close}}}`
}

/** Parses, moving the offsets of problems from the expression to the template. */
export function parseAt(inner: string, at: number): Expression {
  try {
    return parseExpression(inner)
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'syntax' in error)
      throw { ...error, at: at + (error as unknown as { at: number }).at }
    throw error
  }
}
