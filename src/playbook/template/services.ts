import type { Scope } from '../../model/scope.ts'
import { applyFilter } from '../filters/index.ts'
import type { Services } from '../jinja/engine.ts'
import { callFunction } from './functions.ts'
import { callMethod } from './methods.ts'
import { everything, type Renderer } from './renderer.ts'
import { applyTest } from './value-tests.ts'

/** Filters whose answer is made by the machine and not of what they are given. */
const LOOKS_OUTSIDE = /(^|\.)(expandvars|expanduser|realpath)$/

/** What a template may ask while it is rendered with these variables. */
export function createServices(renderer: Renderer, scope: Scope): Services {
  const hostOf = (host: string): Scope | null => renderer.options.hostVariables?.(host) ?? null
  const services: Services = {
    filter: (name, of, call) => {
      const value = applyFilter(name, of, { ...call, services })
      return LOOKS_OUTSIDE.test(name) ? renderer.dataOf(value) : value
    },
    test: (name, of, call) => applyTest(name, of, { ...call, services }),
    call: (name, call) => callFunction(name, call, { renderer, scope }),
    method: callMethod,
    hostvars: host => {
      const found = hostOf(host)
      return found === null ? undefined : everything(found, renderer)
    },
    hostvar: (host, name) => {
      const found = hostOf(host)
      return found === null ? undefined : renderer.resolve(name, found)
    },
    variable: name => renderer.resolve(name, scope),
  }
  return services
}
