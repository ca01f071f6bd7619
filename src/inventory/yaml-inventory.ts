import { assignWritten } from '../model/as-written.ts'
import { FailureError } from '../model/failure.ts'
import { positionOf, type SourceMap } from '../model/position.ts'
import { isMapping, type Value } from '../model/value.ts'
import { type Draft, draftChild, draftGroup, draftHost, type Origin } from './draft.ts'
import { expandRange } from './range.ts'
import type { YamlDocument } from './yaml/read.ts'

/** Reads a YAML inventory into the draft. Throws FailureError (invalid) with the place. */
export function readYamlInventory(document: YamlDocument, origin: Origin, draft: Draft): void {
  const { value, source } = document
  if (value === null) return
  if (!isMapping(value)) throw wrong(source, [], `an inventory is a mapping of groups, not ${kindOf(value)}`)
  for (const [name, body] of Object.entries(value)) group({ name, body, path: [name] }, { source, origin, draft })
}

interface Part {
  readonly name: string
  readonly body: Value
  readonly path: readonly string[]
}
interface Reading {
  readonly source: SourceMap
  readonly origin: Origin
  readonly draft: Draft
}

function group({ name, body, path }: Part, reading: Reading): void {
  const { draft, source } = reading
  draftGroup(draft, name)
  if (body === null) return
  if (!isMapping(body))
    throw wrong(source, path, `the group ${name} must hold hosts, children or vars, not ${kindOf(body)}`)
  for (const key of Object.keys(body))
    if (!['hosts', 'children', 'vars'].includes(key))
      throw wrong(source, [...path, key], `the group ${name} has "${key}", but a group holds hosts, children and vars`)
  assignWritten(draftGroup(draft, name).variables, mappingAt(body.vars, [...path, 'vars'], source))
  for (const [child, inner] of Object.entries(mappingAt(body.children, [...path, 'children'], source))) {
    const at = [...path, 'children', child]
    try {
      draftChild(draft, name, child)
    } catch (error) {
      throw wrong(source, at, (error as Error).message)
    }
    group({ name: child, body: inner, path: at }, reading)
  }
  hosts(body.hosts ?? null, { name, path: [...path, 'hosts'] }, reading)
}

function hosts(
  value: Value,
  { name, path }: { name: string; path: readonly string[] },
  { source, origin, draft }: Reading,
): void {
  const entries = typeof value === 'string' ? { [value]: null } : mappingAt(value, path, source)
  for (const [pattern, variables] of Object.entries(entries)) {
    const at = [...path, pattern]
    const own = mappingAt(variables, at, source)
    for (const host of namesOf(pattern, at, source))
      assignWritten(draftHost(draft, host, { group: name, file: origin }), own)
  }
}

function namesOf(pattern: string, path: readonly string[], source: SourceMap): string[] {
  try {
    return expandRange(pattern)
  } catch (error) {
    throw wrong(source, path, (error as Error).message)
  }
}

function mappingAt(value: Value | undefined, path: readonly string[], source: SourceMap): Record<string, Value> {
  if (value === null || value === undefined) return {}
  if (isMapping(value)) return value
  throw wrong(
    source,
    path,
    `"${path.at(-1)}" must be a mapping, not ${kindOf(value)} (end each name with a colon, without a dash)`,
  )
}

function kindOf(value: Value): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'nothing' : `the ${typeof value} ${JSON.stringify(value)}`
}

function wrong(source: SourceMap, path: readonly string[], what: string): FailureError {
  const at = positionOf(source, path)
  return new FailureError({
    code: 'invalid',
    message: `${at.file}:${at.line}:${at.column}: ${what}.`,
    at,
    remedy: 'Write a YAML inventory as  group: {hosts: {NAME: {variable: value}}, children: {}, vars: {}}.',
  })
}
