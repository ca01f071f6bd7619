import { FailureError } from '../../model/failure.ts'
import { type Compiled, compileCondition, compileTemplate, type Reading } from '../language/compile.ts'

/** Compiling is pure, so its results are kept; the oldest go when there are many. */
const MOST = 5000
const templates = new Map<string, Compiled>()
const conditions = new Map<string, Compiled>()

/** A template, compiled. Throws FailureError (invalid) for a syntax error. */
export function compiledTemplate(text: string, reading: Reading = {}): Compiled {
  const { file = false, trimBlocks = true, lstripBlocks = false } = reading
  const key = file || !trimBlocks || lstripBlocks ? `${file} ${trimBlocks} ${lstripBlocks} ${text}` : text
  return memo(templates, key, () => guarded(text, () => compileTemplate(text, reading)))
}

/** A bare expression of which the truth is wanted. Throws FailureError (invalid). */
export function compiledCondition(text: string): Compiled {
  return memo(conditions, text, () => guarded(text, () => compileCondition(text)))
}

function memo(kept: Map<string, Compiled>, key: string, compile: () => Compiled): Compiled {
  const known = kept.get(key)
  if (known) return known
  const compiled = compile()
  if (kept.size >= MOST) kept.delete(kept.keys().next().value as string)
  kept.set(key, compiled)
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
