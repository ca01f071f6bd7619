import type { Arguments, Expression } from './expression.ts'

/** What a value is assigned to: a name, names in brackets, or an attribute of a namespace. */
export type Target =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'names'; readonly targets: readonly Target[] }
  | { readonly kind: 'attribute'; readonly of: string; readonly name: string; readonly at: number }

export interface Parameter {
  readonly name: string
  readonly otherwise: Expression | null
}

/** A macro, or the body of a call block. */
export interface MacroParts {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: readonly Node[]
  /** The names that the body reads, to know which of varargs, kwargs and caller it wants. */
  readonly reads: ReadonlySet<string>
}

/** A filter of a block: its name and arguments. */
export interface BlockFilter {
  readonly name: string
  readonly args: Arguments
}

/** A template as a tree; `at` is an offset in it. */
export type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'output'; readonly value: Expression; readonly at: number }
  | {
      readonly type: 'if'
      readonly at: number
      readonly branches: readonly { readonly test: Expression | null; readonly body: readonly Node[] }[]
    }
  | ({ readonly type: 'for'; readonly at: number } & Loop)
  | { readonly type: 'set'; readonly at: number; readonly target: Target; readonly value: Expression }
  | {
      readonly type: 'capture'
      readonly at: number
      readonly target: Target | null
      readonly filters: readonly BlockFilter[]
      readonly body: readonly Node[]
    }
  | {
      readonly type: 'with'
      readonly at: number
      readonly assignments: readonly (readonly [Target, Expression])[]
      readonly body: readonly Node[]
    }
  | { readonly type: 'macro'; readonly at: number; readonly macro: MacroParts }
  | { readonly type: 'call'; readonly at: number; readonly call: Expression; readonly caller: MacroParts }
  | {
      readonly type: 'block'
      readonly at: number
      readonly name: string
      readonly body: readonly Node[]
      readonly scoped: boolean
    }
  | { readonly type: 'extends'; readonly at: number; readonly template: Expression }
  | {
      readonly type: 'include'
      readonly at: number
      readonly template: Expression
      readonly ignoresMissing: boolean
      readonly withContext: boolean
    }
  | {
      readonly type: 'import'
      readonly at: number
      readonly template: Expression
      readonly withContext: boolean
      /** The name for the whole, or the names that are taken out of it and how they are called here. */
      readonly as: string | readonly (readonly [name: string, as: string])[]
    }
  | { readonly type: 'do'; readonly at: number; readonly value: Expression }
  | { readonly type: 'break' | 'continue'; readonly at: number }

export interface Loop {
  readonly target: Target
  readonly over: Expression
  readonly only: Expression | null
  readonly recursive: boolean
  readonly body: readonly Node[]
  readonly otherwise: readonly Node[]
}

/** Every node below these, and these. */
export function* walkNodes(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node
    for (const inner of bodiesOf(node)) yield* walkNodes(inner)
  }
}

function bodiesOf(node: Node): readonly (readonly Node[])[] {
  if (node.type === 'if') return node.branches.map(branch => branch.body)
  if (node.type === 'for') return [node.body, node.otherwise]
  if (node.type === 'macro') return [node.macro.body]
  if (node.type === 'call') return [node.caller.body]
  return 'body' in node ? [node.body] : []
}

/** The expressions that a node itself holds, not those of the nodes below it. */
export function expressionsOf(node: Node): readonly Expression[] {
  switch (node.type) {
    case 'output':
    case 'set':
    case 'do':
      return [node.value]
    case 'if':
      return node.branches.flatMap(({ test }) => (test ? [test] : []))
    case 'for':
      return node.only ? [node.over, node.only] : [node.over]
    case 'with':
      return node.assignments.map(([, value]) => value)
    case 'macro':
      return defaultsOf(node.macro)
    case 'call':
      return [node.call, ...defaultsOf(node.caller)]
    case 'capture':
      return node.filters.map(({ name, args }) => ({ type: 'filter', of: null, name, args }))
    case 'extends':
    case 'include':
    case 'import':
      return [node.template]
    default:
      return []
  }
}

function defaultsOf({ parameters }: MacroParts): Expression[] {
  return parameters.flatMap(({ otherwise }) => (otherwise ? [otherwise] : []))
}
