import type { Variables } from '../../model/value.ts'
import { applyFilter } from '../filters/index.ts'
import type { Services } from '../jinja/engine.ts'
import { callFunction } from './functions.ts'
import { callMethod } from './methods.ts'
import { everything, type Renderer } from './renderer.ts'
import { applyTest } from './value-tests.ts'

/** What a template may ask while it is rendered with these variables. */
export function createServices(renderer: Renderer, variables: Variables): Services {
  const hostOf = (host: string): Variables | null => renderer.options.hostVariables?.(host) ?? null
  const services: Services = {
    filter: (name, of, call) => applyFilter(name, of, { ...call, services }),
    test: (name, of, call) => applyTest(name, of, { ...call, services }),
    call: (name, call) => callFunction(name, call, { renderer, variables }),
    method: callMethod,
    hostvars: host => {
      const found = hostOf(host)
      return found === null ? undefined : everything(found, renderer)
    },
    hostvar: (host, name) => {
      const found = hostOf(host)
      return found === null ? undefined : renderer.resolve(name, found)
    },
    variable: name => renderer.resolve(name, variables),
  }
  return services
}
