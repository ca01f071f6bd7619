import { didYouMean } from '../../model/nearest.ts'
import { shortName } from '../language/short-name.ts'
import { defined, type Operand } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { chooseFilters } from './choose.ts'
import { dateFilters } from './dates.ts'
import { encodingFilters } from './encoding.ts'
import type { Filter, FilterCall } from './filter.ts'
import { ipFilters } from './ip.ts'
import { search } from './jmespath/search.ts'
import { listFilters } from './lists.ts'
import { mappingFilters } from './mappings.ts'
import { markupFilters } from './markup.ts'
import { numberFilters } from './numbers.ts'
import { passwordFilters } from './passwords.ts'
import { pathFilters } from './paths.ts'
import { regexFilters } from './regex.ts'
import { setFilters } from './sets.ts'
import { structureFilters } from './structure.ts'
import { textFilters } from './text.ts'
import { urlFilters } from './url.ts'
import { vlanFilters } from './vlans.ts'

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
  ...markupFilters,
  ...passwordFilters,
  ...structureFilters,
  ...urlFilters,
  ...vlanFilters,
  ...textFilters,
  json_query: (of, call) => search(str(call.args[0] ?? call.named.expr ?? ''), of),
}

/** Filters that may be asked about what is undefined. */
const TAKES_UNDEFINED = new Set(['default', 'd', 'mandatory', 'type_debug', 'items'])
/** Filters whose arguments may be undefined: they come out as they are, or are not used. */
const HANDS_ON = new Set(['default', 'd', 'ternary', 'map', 'select', 'reject', 'selectattr', 'rejectattr'])

/** Applies value | NAME(args). Throws Error for an unknown filter or what the filter cannot work with. */
export function applyFilter(name: string, of: Operand, call: FilterCall): Operand | undefined {
  const short = shortName(name)
  const filter = Object.hasOwn(FILTERS, short) ? FILTERS[short] : undefined
  if (!filter) throw new Error(`no filter named '${name}'.${didYouMean(short, Object.keys(FILTERS))}`)
  if (!TAKES_UNDEFINED.has(short)) defined(of)
  if (!HANDS_ON.has(short)) for (const each of [...call.args, ...Object.values(call.named)]) defined(each)
  try {
    return filter(of, call)
  } catch (error) {
    if (
      error instanceof Error &&
      error.constructor === Error &&
      !/^filter /.test(error.message) &&
      !/no filter named|no test named|test expects/.test(error.message)
    )
      throw new Error(`filter ${short}: ${error.message}`, { cause: error })
    throw error
  }
}

/** The names of all filters, for the check of templates before a run. */
export function filterNames(): string[] {
  return Object.keys(FILTERS)
}
