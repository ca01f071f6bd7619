import type { Compiled } from '../language/compile.ts'
import type { Node } from '../language/node.ts'
import type { Operand } from '../python/operand.ts'
import type { Services } from './services.ts'
import type { Sink } from './sink.ts'

/** What everything shares that one rendering reaches: its budget, and the variables that were read from outside. */
export interface Machine {
  readonly services: Services
  /** What a macro or a set block makes is read as a value where it looks like one, as in the texts of a playbook. */
  readonly converts: boolean
  /** The variables that were read: Jinja reads each once. */
  readonly outside: Map<string, Operand>
  /** A template calls methods that change their value: it gets copies. */
  changes: boolean
  steps: number
  size: number
  depth: number
}

/** Names that are set in one place (template, loop, macro, with), and where to look for others. */
export interface Names {
  readonly own: Map<string, Operand>
  readonly outer: Names | null
  /** Nothing outside is seen but functions: an import without context. */
  readonly isClosed: boolean
}

/** A template that is being rendered, and the blocks that it and those that it extends have. */
export interface Page {
  readonly template: Compiled
  /** What its path is in messages; null for a text of the playbook. */
  readonly file: string | null
  /** By name: of the template itself first, then of those that it extends. */
  readonly blocks: Map<string, (readonly Node[])[]>
  readonly root: Names
  /** The template that it extends. */
  parent: { readonly template: Compiled; readonly file: string } | null
}

/** Where the evaluation is. */
export interface Frame {
  readonly machine: Machine
  readonly page: Page
  readonly names: Names
  readonly sink: Sink
}

/** Runs nodes; says when a loop is to be left or its next turn begun. Throws PlacedError. */
export type Run = (nodes: readonly Node[], frame: Frame) => 'break' | 'continue' | undefined

export function namesWithin(outer: Names | null, { isClosed = false } = {}): Names {
  return { own: new Map(), outer, isClosed }
}

/** The same place with names of its own. */
export function within(frame: Frame): Frame {
  return { ...frame, names: namesWithin(frame.names) }
}
