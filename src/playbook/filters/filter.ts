import type { Services } from '../evaluate/services.ts'
import type { CallArguments, Operand } from '../python/operand.ts'

export interface FilterCall extends CallArguments {
  readonly services: Services
}

/** A filter: a value and its arguments → a value; undefined when there is nothing to find. Throws Error with a reason. */
export type Filter = (of: Operand, call: FilterCall) => Operand | undefined
