import { FailureError } from '../../model/failure.ts'
import { type Compiled, compileExpression, compileTemplate } from '../jinja/compile.ts'

/** Compiling is pure, so its results are kept; the oldest go when there are many. */
const MOST = 5000
const templates = new Map<string, Compiled>()
const conditions = new Map<string, Compiled>()

/** A template, compiled. Throws FailureError (invalid) for a syntax error. */
export function compiledTemplate(text: string): Compiled {
  return memo(templates, text, () => compileTemplate(text))
}

/** A bare expression of which the truth is wanted. Throws FailureError (invalid). */
export function compiledCondition(text: string): Compiled {
  return memo(conditions, text, () => compileExpression(text, 'condition'))
}

function memo(kept: Map<string, Compiled>, text: string, compile: () => Compiled): Compiled {
  const known = kept.get(text)
  if (known) return known
  const compiled = guarded(text, compile)
  if (kept.size >= MOST) kept.delete(kept.keys().next().value as string)
  kept.set(text, compiled)
  return compiled
}

function guarded(text: string, compile: () => Compiled): Compiled {
  try {
    return compile()
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('syntax' in error)) throw error
    const { syntax, at } = error as { syntax: string; at: number }
    throw new FailureError({
      code: 'invalid',
      message: `template error: ${syntax}, at character ${at + 1} of "${shorten(text)}".`,
      remedy: 'Correct the expression.',
    })
  }
}

export function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 117)}…` : line
}
