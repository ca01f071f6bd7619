import { didYouMean } from '../../model/nearest.ts'
import type { Value } from '../../model/value.ts'
import type { CallArguments, Services } from '../jinja/engine.ts'
import { shortName } from '../jinja/print.ts'
import { chooseFilters } from './choose.ts'
import { dateFilters } from './dates.ts'
import { encodingFilters } from './encoding.ts'
import { ipFilters } from './ip.ts'
import { listFilters } from './lists.ts'
import { mappingFilters } from './mappings.ts'
import { numberFilters } from './numbers.ts'
import { pathFilters } from './paths.ts'
import { regexFilters } from './regex.ts'
import { setFilters } from './sets.ts'
import { textFilters } from './text.ts'

export interface FilterCall extends CallArguments {
  readonly services: Services
}

/** A filter: a value and its arguments → a value; undefined when there is nothing to find. Throws Error with a reason. */
export type Filter = (of: Value, call: FilterCall) => Value | undefined

const FILTERS: Readonly<Record<string, Filter>> = {
  ...chooseFilters,
  ...dateFilters,
  ...encodingFilters,
  ...ipFilters,
  ...listFilters,
  ...mappingFilters,
  ...numberFilters,
  ...pathFilters,
  ...regexFilters,
  ...setFilters,
  ...textFilters,
}

/** Applies value | NAME(args). Throws Error for an unknown filter or what the filter cannot work with. */
export function applyFilter(name: string, of: Value, call: FilterCall): Value | undefined {
  const short = shortName(name)
  const filter = Object.hasOwn(FILTERS, short) ? FILTERS[short] : undefined
  if (!filter) throw new Error(`no filter named '${name}'.${didYouMean(short, Object.keys(FILTERS))}`)
  try {
    return filter(of, call)
  } catch (error) {
    if (
      error instanceof Error &&
      error.constructor === Error &&
      !/^filter /.test(error.message) &&
      !/undefined|no filter|no test|test expects/.test(error.message)
    )
      throw new Error(`filter ${short}: ${error.message}`, { cause: error })
    throw error
  }
}

/** The names of all filters, for the check of templates before a run. */
export function filterNames(): string[] {
  return [...Object.keys(FILTERS), 'default', 'd']
}
