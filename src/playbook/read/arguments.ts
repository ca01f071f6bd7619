import type * as z from 'zod'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Module } from '../../model/module.ts'
import { didYouMean } from '../../model/nearest.ts'
import { positionOf, type SourceMap } from '../../model/position.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { parseFreeForm } from './free-form.ts'
import { kindOf } from './keywords.ts'
import { failureAt } from './loading.ts'

interface Where {
  readonly source: SourceMap
  /** Where the arguments stand in the source: task.argsPath. */
  readonly path: readonly (string | number)[]
}

/**
 * A task's rendered arguments as its module's schema understands them (text in key=value form included).
 * Throws FailureError (invalid) naming each wrong argument at its place, what is allowed, and the nearest name.
 */
export function checkArguments(module: Module, args: Value, where: Where): unknown {
  const named = namedArguments(module, args, where)
  const failures = unknownArguments(module, named, where)
  const result = module.args.safeParse(named)
  if (!result.success)
    failures.push(
      ...result.error.issues.filter(isNotRepeated).map(issue => issueFailure(module, issue, { named, where })),
    )
  const [first] = failures
  if (!first) return result.data
  throw new FailureError({ ...first, message: [...new Set(failures.map(each => each.message))].join('\n') })
}

/** Problems that can be seen before templates are rendered: wrong names, missing arguments, wrong types of plain values. */
export function staticArgumentProblems(module: Module, args: Value, where: Where & { complete: boolean }): Failure[] {
  if (typeof args === 'string' && args.includes('{{')) return []
  const named = namedArguments(module, args, where)
  const failures = unknownArguments(module, named, where)
  const result = module.args.safeParse(named)
  if (result.success) return failures
  const open = isTemplated(named)
  const issues = result.error.issues.filter(isNotRepeated).filter(issue => {
    if (issue.path.some((_, index) => isText(valueAt(named, issue.path.slice(0, index + 1))))) return false
    if (valueAt(named, issue.path) === undefined) return where.complete
    return !(open && (issue.code === 'custom' || issue.code === 'invalid_union'))
  })
  return [...failures, ...issues.map(issue => issueFailure(module, issue, { named, where }))]
}

/** Arguments as a mapping: text is read as key=value words and the module's free-form argument. */
export function namedArguments(module: Module, args: Value, where: Where): Record<string, Value> {
  if (args === null) return {}
  if (isMapping(args)) return args
  if (typeof args === 'object')
    throw new FailureError(
      failureAt(
        positionOf(where.source, where.path),
        `${module.name} takes a mapping of arguments, not ${kindOf(args)}.`,
      ),
    )
  return fromText(module, String(args), where)
}

function fromText(module: Module, text: string, where: Where): Record<string, Value> {
  const fail = (what: string) => new FailureError(failureAt(positionOf(where.source, where.path), what))
  try {
    const only = module.freeForm ? argumentNames(module).filter(name => name !== module.freeForm) : undefined
    const { named, rest } = parseFreeForm(text, only)
    if (rest === '') return named
    if (!module.freeForm)
      throw fail(`${module.name} takes no free text: "${rest}" must be written as name=value or as a mapping.`)
    return { [module.freeForm]: rest, ...named }
  } catch (error) {
    throw error instanceof FailureError ? error : fail(`${(error as Error).message}.`)
  }
}

/** The names that a module's schema lists. */
export function argumentNames(module: Module): string[] {
  const shape = (module.args as unknown as { shape?: Record<string, unknown> }).shape ?? innerShape(module.args)
  return Object.keys(shape ?? {})
}

function innerShape(schema: z.ZodType): Record<string, unknown> | undefined {
  const def = (schema as unknown as { def: { in?: z.ZodType; innerType?: z.ZodType; shape?: Record<string, unknown> } })
    .def
  if (def.shape) return def.shape
  const inner = def.innerType ?? def.in
  return inner ? innerShape(inner) : undefined
}

/** A schema that lets other names through says so by a catchall (z.looseObject, z.record). */
function takesOtherNames(schema: z.ZodType): boolean {
  const def = (
    schema as unknown as {
      def: { type: string; catchall?: { def: { type: string } }; in?: z.ZodType; innerType?: z.ZodType }
    }
  ).def
  if (def.type === 'object') return def.catchall !== undefined && def.catchall.def.type !== 'never'
  const inner = def.innerType ?? def.in
  return inner ? takesOtherNames(inner) : true
}

function unknownArguments(module: Module, named: Record<string, Value>, { source, path }: Where): Failure[] {
  if (takesOtherNames(module.args)) return []
  const names = argumentNames(module)
  return Object.keys(named)
    .filter(name => !names.includes(name))
    .map(name =>
      failureAt(
        positionOf(source, [...path, name]),
        `Unsupported parameter "${name}" for ${module.name}.${didYouMean(name, names)}`,
        `${module.name} takes: ${names.join(', ')}.`,
      ),
    )
}

/** Unknown names at the top are told by unknownArguments, each at its place. */
function isNotRepeated(issue: z.core.$ZodIssue): boolean {
  return issue.code !== 'unrecognized_keys' || issue.path.length > 0
}

function issueFailure(
  module: Module,
  issue: z.core.$ZodIssue,
  { named, where }: { named: Value; where: Where },
): Failure {
  const path = issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))
  const at = positionOf(where.source, [...where.path, ...path])
  const found = valueAt(named, path)
  const name = path.join('.') || 'arguments'
  if (issue.code === 'unrecognized_keys')
    return failureAt(at, `Unsupported parameter ${issue.keys.map(key => `"${key}"`).join(', ')} for ${module.name}.`)
  if (found === undefined && path.length > 0)
    return failureAt(
      at,
      `${module.name}: missing required argument "${name}".`,
      `Give ${name}; \`weft modules ${module.name}\` shows how.`,
    )
  const shown = path.length === 0 ? '' : `, not ${kindOf(found as Value)}`
  const what = issue.code === 'custom' ? issue.message : `${name}: ${expectation(issue)}${shown}`
  return failureAt(
    at,
    `${module.name}: ${what.replace(/\.$/, '')}.`,
    `\`weft modules ${module.name}\` shows what it takes.`,
  )
}

/** zod's words for the shapes that people know by others. */
const NOUNS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  string: 'a text',
  boolean: 'true or false',
  int: 'a whole number',
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `it must be ${NOUNS[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'invalid_value') return `it must be one of ${issue.values.map(value => String(value)).join(', ')}`
  return issue.message
}

function valueAt(value: Value, path: readonly PropertyKey[]): Value | undefined {
  let found: unknown = value
  for (const part of path) found = (found as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return found as Value | undefined
}

function isText(value: Value | undefined): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value)
}

function isTemplated(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return isText(value)
  return Object.values(value).some(isTemplated)
}
