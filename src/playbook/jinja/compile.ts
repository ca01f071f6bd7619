import type { Expression } from './expression.ts'
import { namesOf } from './names.ts'
import { parseExpression } from './parse.ts'
import { printExpression } from './print.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { collectLocals, rewriteStatement } from './statement.ts'

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
  /** One {{ }} and nothing else: its value is kept, not only its text. */
  readonly single: boolean
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
  return { source, names: [...names], expressions, includes, single }
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
    single: true,
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Numbers are printed by minijinja, which alone knows 2.0 from 2; all else by us, as Python would. */
function output(
  { inner, open, close, at }: Segment,
  { locals, expressions, single }: { locals: ReadonlySet<string>; expressions: Expression[]; single: boolean },
): string {
  const expression = parseAt(inner, at)
  expressions.push(expression)
  if (expression.type === 'literal' && typeof expression.value === 'string')
    return `{{${open} ${printExpression(expression, locals)} ${close}}}`
  const value = printExpression(expression, locals)
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
