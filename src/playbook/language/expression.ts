import type { Operand } from '../python/operand.ts'

/** A Jinja expression as a tree; `at` is an offset in the template. */
export type Expression =
  | { readonly type: 'literal'; readonly value: Operand }
  | { readonly type: 'name'; readonly name: string; readonly at: number }
  | { readonly type: 'list'; readonly entries: readonly Expression[]; readonly tuple: boolean }
  | { readonly type: 'mapping'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly type: 'item'; readonly of: Expression; readonly key: Expression }
  | { readonly type: 'slice'; readonly of: Expression; readonly parts: readonly (Expression | null)[] }
  | { readonly type: 'call'; readonly of: Expression; readonly args: Arguments }
  | { readonly type: 'filter'; readonly of: Expression | null; readonly name: string; readonly args: Arguments }
  | {
      readonly type: 'test'
      readonly of: Expression
      readonly name: string
      readonly args: Arguments
      readonly not: boolean
    }
  | { readonly type: 'unary'; readonly operator: '-' | '+' | 'not'; readonly of: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'text'; readonly parts: readonly Expression[] }
  | { readonly type: 'compare'; readonly first: Expression; readonly rest: readonly (readonly [string, Expression])[] }
  | { readonly type: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression | null }

/** The arguments of a call: by place, by name, and those of *list and **mapping. */
export interface Arguments {
  readonly positional: readonly Expression[]
  readonly named: readonly (readonly [string, Expression])[]
  readonly list?: Expression
  readonly mapping?: Expression
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
    case 'unary':
      return [expression.of]
    case 'item':
      return [expression.of, expression.key]
    case 'slice':
      return [expression.of, ...expression.parts.filter(part => part !== null)]
    case 'call':
    case 'test':
      return [expression.of, ...given(expression.args)]
    case 'filter':
      return expression.of ? [expression.of, ...given(expression.args)] : given(expression.args)
    case 'binary':
      return [expression.left, expression.right]
    case 'text':
      return expression.parts
    case 'compare':
      return [expression.first, ...expression.rest.map(([, value]) => value)]
    case 'choice':
      return [expression.test, expression.yes, ...(expression.no ? [expression.no] : [])]
  }
}

function given({ positional, named, list, mapping }: Arguments): Expression[] {
  const all = [...positional, ...named.map(([, value]) => value), list, mapping]
  return all.filter(each => each !== undefined)
}

/** How an expression reads: 'leaf.ports[0]'; … for what is no way to a value. */
export function pathOf(node: Expression): string {
  if (node.type === 'name') return node.name
  if (node.type === 'literal') return JSON.stringify(node.value)
  if (node.type === 'attribute') return `${pathOf(node.of)}.${node.name}`
  return node.type === 'item' ? `${pathOf(node.of)}[${pathOf(node.key)}]` : '…'
}
