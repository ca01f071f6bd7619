import { FailureError } from '../../model/failure.ts'
import { didYouMean } from '../../model/nearest.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { filterNames } from '../filters/index.ts'
import type { Compiled } from '../language/compile.ts'
import { walk } from '../language/expression.ts'
import { isTemplate } from '../language/segments.ts'
import { shortName } from '../language/short-name.ts'
import { compiledCondition, compiledTemplate, shorten } from '../template/memo.ts'
import { testNames } from '../template/value-tests.ts'
import { below, type Loading, type Node, problem } from './loading.ts'

type Path = readonly (string | number)[]

/** Parses every template below path without evaluating it, and notes syntax errors, unknown filters and unknown tests. */
export function checkTemplates(node: Node, path: Path, loading: Loading): void {
  for (const found of texts(below(node, path).value, path))
    if (isTemplate(found.text)) note(node, { ...found, compile: compiledTemplate }, loading)
}

/** The same for the bare expressions of when, changed_when and the like. */
export function checkConditions(node: Node, path: Path, loading: Loading): void {
  for (const found of texts(below(node, path).value, path)) {
    if (isTemplate(found.text)) note(node, { ...found, compile: compiledTemplate }, loading)
    else if (found.text.trim() !== '') note(node, { ...found, compile: compiledCondition }, loading)
  }
}

interface Found {
  readonly text: string
  readonly path: Path
}

function texts(value: Value, path: Path): Found[] {
  if (typeof value === 'string') return [{ text: value, path }]
  if (Array.isArray(value)) return value.flatMap((entry, index) => texts(entry, [...path, index]))
  if (!isMapping(value)) return []
  return Object.entries(value).flatMap(([key, entry]) => texts(entry, [...path, key]))
}

function note(
  node: Node,
  { text, path, compile }: Found & { compile: (text: string) => Compiled },
  loading: Loading,
): void {
  try {
    const unknown = unknownNames(compile(text))
    if (unknown !== null) problem(loading, node, { path, what: `${unknown} (in "${shorten(text)}")` })
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    problem(loading, node, {
      path,
      what: error.failure.message,
      ...(error.failure.remedy ? { remedy: error.failure.remedy } : {}),
    })
  }
}

function unknownNames({ expressions }: Compiled): string | null {
  for (const expression of expressions)
    for (const part of walk(expression)) {
      if (part.type !== 'filter' && part.type !== 'test') continue
      const known = part.type === 'filter' ? filterNames() : testNames()
      const name = shortName(part.name)
      if (!known.includes(name)) return `there is no ${part.type} named "${part.name}".${didYouMean(name, known)}`
    }
  return null
}
