/** A Jinja expression as a tree. */
export type Expression =
  | { readonly type: 'literal'; readonly value: null | boolean | number | string; readonly written?: string }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'list'; readonly entries: readonly Expression[]; readonly tuple?: boolean }
  | { readonly type: 'mapping'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly type: 'item'; readonly of: Expression; readonly key: Expression }
  | { readonly type: 'slice'; readonly of: Expression; readonly parts: readonly (Expression | null)[] }
  | { readonly type: 'call'; readonly of: Expression; readonly args: Arguments; readonly at: number }
  | {
      readonly type: 'filter'
      readonly of: Expression
      readonly name: string
      readonly args: Arguments
      readonly at: number
    }
  | {
      readonly type: 'test'
      readonly of: Expression
      readonly name: string
      readonly args: Arguments
      readonly not: boolean
      readonly at: number
    }
  | { readonly type: 'unary'; readonly operator: '-' | '+' | 'not'; readonly of: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'compare'; readonly first: Expression; readonly rest: readonly (readonly [string, Expression])[] }
  | { readonly type: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression | null }

export interface Arguments {
  readonly positional: readonly Expression[]
  readonly named: readonly (readonly [string, Expression])[]
}

/** Every expression below and including this one. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression
  for (const inner of parts(expression)) yield* walk(inner)
}

function parts(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'literal':
    case 'name':
      return []
    case 'list':
      return expression.entries
    case 'mapping':
      return expression.entries.flat()
    case 'attribute':
      return [expression.of]
    case 'item':
      return [expression.of, expression.key]
    case 'slice':
      return [expression.of, ...expression.parts.filter(part => part !== null)]
    case 'call':
    case 'filter':
    case 'test':
      return [expression.of, ...expression.args.positional, ...expression.args.named.map(([, value]) => value)]
    case 'unary':
      return [expression.of]
    case 'binary':
      return [expression.left, expression.right]
    case 'compare':
      return [expression.first, ...expression.rest.map(([, value]) => value)]
    case 'choice':
      return [expression.test, expression.yes, ...(expression.no ? [expression.no] : [])]
  }
}
