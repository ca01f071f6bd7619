import type { ProcessEnd } from '../../model/machine.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { noAnswer } from './complaint.ts'

/**
 * The JSON mapping that a script has printed. Whole numbers that a JavaScript number cannot hold stay text, as in YAML.
 * Throws FailureError (failed) with the place in its output; the text is not quoted, it may hold a secret.
 */
export function mappingOf(end: ProcessEnd, command: string): Record<string, Value> {
  const value = parsed(end, command)
  if (isMapping(value)) return value
  throw noAnswer(command, 'printed JSON that is not a mapping', end)
}

function parsed(end: ProcessEnd, command: string): Value {
  try {
    return JSON.parse(end.stdout, exact) as Value
  } catch (error) {
    const place = /\((line \d+ column \d+)\)/.exec((error as Error).message)?.[1]
    throw noAnswer(command, `printed what is not JSON${place === undefined ? '' : ` (${place} of its output)`}`, end)
  }
}

function exact(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isInexact = typeof value === 'number' && /^-?\d+$/.test(context?.source ?? '') && !Number.isSafeInteger(value)
  return isInexact ? context?.source : value
}
