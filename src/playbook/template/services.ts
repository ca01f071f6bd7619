import { writtenFloats } from '../../model/as-written.ts'
import type { Scope } from '../../model/scope.ts'
import { weighed } from '../evaluate/budget.ts'
import type { Services } from '../evaluate/services.ts'
import { applyFilter } from '../filters/index.ts'
import { float } from '../python/operand.ts'
import { findBelow } from './find.ts'
import { callFunction } from './functions.ts'
import { compiledTemplate } from './memo.ts'
import { everything, type Renderer } from './renderer.ts'
import { applyTest } from './value-tests.ts'

/** Filters whose answer is made by the machine and not of what they are given. */
const LOOKS_OUTSIDE = /(^|\.)(expandvars|expanduser|realpath|fileglob)$/

/** What a template may ask while it is rendered with these variables. */
export function createServices(renderer: Renderer, scope: Scope): Services {
  const hostOf = (host: string): Scope | null => renderer.options.hostVariables?.(host) ?? null
  let within: Services | undefined
  const services: Services = {
    filter(name, of, call) {
      within ??= forFilters(services)
      const value = applyFilter(name, of, { ...call, services: within })
      return LOOKS_OUTSIDE.test(name) ? renderer.dataOf(value) : value
    },
    test: (name, of, call) => applyTest(name, of, { ...call, services }),
    call: (name, call) => callFunction(name, call, { renderer, scope }),
    hostvars(host) {
      const found = hostOf(host)
      return found === null ? undefined : everything(found, renderer)
    },
    hostvar(host, name) {
      const found = hostOf(host)
      return found === null ? undefined : renderer.resolve(name, found)
    },
    variable(name) {
      const value = renderer.resolve(name, scope)
      return typeof value === 'number' && writtenFloats(scope.values)?.has(name) ? float(value) : value
    },
    template(name) {
      const file = findBelow(renderer.options.folders ?? [], name, ['templates'])
      return file === null ? null : compiledTemplate(renderer.readTemplate(file), { file: true })
    },
    templateFolders: renderer.options.folders ?? [],
  }
  return services
}

/** The same for filters that apply filters (map): what those make counts too, for it is only given back all together. */
function forFilters(services: Services): Services {
  const made = { size: 0 }
  return { ...services, filter: (name, of, call) => weighed(made, services.filter(name, of, call)) }
}
