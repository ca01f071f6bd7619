import { FailureError } from '../../model/failure.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import type { Rendered } from '../evaluate/render.ts'
import type { Compiled, Reading } from '../language/compile.ts'
import type { TemplarOptions } from './templar.ts'

/** What the parts of a template engine ask of it; createRenderer makes it. */
export interface Renderer {
  readonly options: TemplarOptions
  run(compiled: Compiled, text: string, scope: Scope, how?: Reading): Rendered
  /** A variable's value, rendered where it is written; undefined when there is none or when what it refers to is undefined. */
  resolve(name: string, scope: Scope): Value | undefined
  render(value: Value, scope: Scope): Value
  lookup(name: string, call: LookupCall, scope: Scope): Value[]
  /** The text of a file that is to be rendered. */
  readTemplate(path: string): string
  /** Says that a value is data: it came into the rendering that is going on. Gives it back. */
  dataOf<V>(value: V): V
  /** Called by whatever is about to run a program: throws where this is only foreseen. */
  runsProgram(): void
  foresee<V>(work: () => V): V
  once<V>(work: () => V): V
  /** Whether data came into what `work` renders. */
  withOrigin<V>(work: () => V): { readonly value: V; readonly ofData: boolean }
}

/** What a lookup is given: plain values. */
export interface LookupCall {
  readonly args: readonly Value[]
  readonly named: Readonly<Record<string, Value>>
}

/** Renders the texts of a value, whatever its shape. */
export type RenderValue = (value: Value, scope: Scope, renderer: Renderer, textOf?: RenderText) => Value
export type RenderText = (text: string, scope: Scope, renderer: Renderer) => Value

/** All variables that can be rendered. */
export function everything(scope: Scope, renderer: Renderer): Record<string, Value> {
  const found: Record<string, Value> = {}
  for (const name of Object.keys(scope.values)) {
    if (name === 'hostvars' || name === 'vars') continue
    try {
      const value = renderer.resolve(name, scope)
      if (value !== undefined) found[name] = value
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
    }
  }
  return found
}
