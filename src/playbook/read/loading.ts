import type { Failure } from '../../model/failure.ts'
import { FailureError } from '../../model/failure.ts'
import type { ModuleEntry } from '../../model/module.ts'
import type { Step } from '../../model/play.ts'
import { type Position, positionOf, type SourceMap } from '../../model/position.ts'
import type { Value, Variables } from '../../model/value.ts'

/** What a playbook's parts share while they are read. Problems are collected, so that one run shows all of them. */
export interface Loading {
  readonly modules: readonly ModuleEntry[]
  readonly problems: Failure[]
  /** Folders in which relative files are looked up, nearest first. */
  readonly folders: readonly string[]
  /** The folder of the playbook: roles are below it. */
  readonly playbookFolder: string
  /** Files being read, outermost first; a file that imports itself is found by it. */
  readonly within: readonly string[]
  readonly role?: string
  /** Variables known before any host is: extra vars, the play's vars. They fill the names of imported files. */
  readonly known: Variables
  /** Throws FailureError for a file, just read, whose tasks and variables must not be taken. Only where files are read during a run. */
  readonly check?: (file: string) => void
  /** What static roles give their play. */
  readonly roles: { defaults: Variables; vars: Variables; readonly handlers: unknown[]; readonly seen: Set<string> }
  /** Names a step by its place. */
  readonly idAt: (at: Position) => string
  /** Reads a list of tasks (steps.ts). Handed in, because files of tasks and roles stand in lists of tasks, and hold some themselves. */
  readonly readSteps: (node: Node, loading: Loading) => Promise<Step[]>
  /** False below module_defaults, where a missing argument may be one of the defaults. */
  readonly complete: boolean
}

/** A YAML mapping or list with its place. */
export interface Node {
  readonly value: Value
  readonly source: SourceMap
}

/** Notes a problem; the reading goes on. */
export function problem(
  loading: Loading,
  node: Node,
  { path = [], what, remedy }: { path?: readonly (string | number)[]; what: string; remedy?: string },
): void {
  loading.problems.push(failureAt(positionOf(node.source, path), what, remedy))
}

export function failureAt(at: Position, what: string, remedy?: string): Failure {
  const place = { file: at.file, line: at.line, column: at.column }
  const message = `${at.file}:${at.line}:${at.column}: ${what}`
  return remedy === undefined
    ? { code: 'invalid', message, at: place }
    : { code: 'invalid', message, at: place, remedy }
}

/** A second document of a file would be passed over without a word; Ansible refuses it too. */
export function refuseMore(loading: Loading, documents: readonly Node[]): void {
  const [, second] = documents
  if (!second) return
  const what = 'a second YAML document starts here, but a file of plays or tasks holds one.'
  problem(loading, second, { what, remedy: 'Remove the line "---" above it, or make two files of it.' })
}

/** Throws one FailureError for all problems, first one first; its message has a line for each. */
export function throwProblems(problems: readonly Failure[]): void {
  const [first] = problems
  if (!first) return
  if (problems.length === 1) throw new FailureError(first)
  const lines = problems.map(each => (each.remedy ? `${each.message} ${each.remedy}` : each.message))
  throw new FailureError({
    ...first,
    message: lines.join('\n'),
    remedy: `${problems.length} problems; nothing was touched.`,
  })
}

/** The part of a value below `path`, with its places. */
export function below(node: Node, path: readonly (string | number)[]): Node {
  let value: unknown = node.value
  for (const part of path) value = (value as Record<string | number, unknown> | null)?.[part]
  return { value: (value ?? null) as Value, source: sourceBelow(node.source, path) }
}

/** Places of a part without copying them: a file of a thousand tasks has a thousand parts. */
function sourceBelow(source: SourceMap, path: readonly (string | number)[]): SourceMap {
  const prefix = path.map(part => `/${part}`).join('')
  const all = source.places
  const own = (): [string, readonly [number, number]][] =>
    [...all].filter(([key]) => key.startsWith(prefix)).map(([key, place]) => [key.slice(prefix.length), place])
  const places: ReadonlyMap<string, readonly [number, number]> = {
    get: key => all.get(prefix + key),
    has: key => all.has(prefix + key),
    forEach: visit => new Map(own()).forEach(visit),
    entries: () => new Map(own()).entries(),
    keys: () => new Map(own()).keys(),
    values: () => new Map(own()).values(),
    [Symbol.iterator]: () => new Map(own())[Symbol.iterator](),
    get size() {
      return own().length
    },
  }
  return { file: source.file, places }
}
