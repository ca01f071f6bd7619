import { readTextFile } from '../inventory/yaml.ts'
import { FailureError } from '../model/failure.ts'
import type { Value, Variables } from '../model/value.ts'
import { findBelow } from './find.ts'
import type { Compiled } from './jinja/compile.ts'
import { type CallArguments, createEngine, type Rendered, type Services } from './jinja/engine.ts'
import { lookUp } from './lookups.ts'
import { compiledTemplate } from './memo.ts'
import { createServices } from './services.ts'
import { OMIT, type TemplarOptions } from './templar.ts'
import type { RenderValue } from './template.ts'
import { explain } from './template-failure.ts'

export interface Renderer {
  readonly options: TemplarOptions
  run(compiled: Compiled, text: string, variables: Variables, how?: How): Rendered
  /** A variable's value, rendered; undefined when there is none or when what it refers to is undefined. */
  resolve(name: string, variables: Variables): Value | undefined
  render(value: Value, variables: Variables): Value
  lookup(name: string, call: CallArguments, variables: Variables): Value[]
}

interface How {
  readonly trimBlocks?: boolean
  readonly lstripBlocks?: boolean
}

const engine = createEngine()

/** What answers differently each time must not be kept. */
const VOLATILE = /\b(lookup|query|q|random|now|shuffle|strftime)\b/

/** Renders with the variables that a template names, each rendered first, once per set of variables. */
export function createRenderer(options: TemplarOptions, renderValue: RenderValue): Renderer {
  const kept = new WeakMap<Variables, Map<string, Value>>()
  const open: { name: string; variables: Variables }[] = []
  const missing = new WeakMap<Variables, Map<string, FailureError>>()
  let volatile = 0
  const renderer: Renderer = {
    options,
    render: (value, variables) => renderValue(value, variables, renderer),
    lookup: (name, call, variables) => lookUp(name, call, { renderer, variables }),
    run(compiled, text, variables, how = {}) {
      if (VOLATILE.test(text)) volatile++
      const context: Record<string, Value> = {}
      const includes = includesOf(compiled, renderer)
      const names = [compiled, ...includes.values()].flatMap(each => each.names)
      for (const name of new Set(names)) {
        const value = renderer.resolve(name, variables)
        if (value !== undefined) context[name] = value
      }
      const services: Services = createServices(renderer, variables)
      try {
        return engine({
          source: compiled.source,
          includes: new Map([...includes].map(([name, each]) => [name, each.source])),
          variables: context,
          services,
          orders: compiled.orders,
          ...how,
        })
      } catch (error) {
        throw explain(error, { compiled, text, context, missing: missing.get(variables) ?? new Map() })
      }
    },
    resolve(name, variables) {
      if (!Object.hasOwn(variables, name)) return special(name, renderer, variables)
      const known = kept.get(variables)?.get(name)
      if (known !== undefined) return known
      if (open.some(each => each.name === name && each.variables === variables)) throw recursion(name, open)
      const before = volatile
      open.push({ name, variables })
      try {
        const value = renderValue(variables[name] as Value, variables, renderer)
        if (volatile === before) remember(kept, variables, name, value)
        return value
      } catch (error) {
        if (!(error instanceof FailureError) || !/is undefined|has no attribute/.test(error.failure.message))
          throw error
        remember(missing, variables, name, error)
        return undefined
      } finally {
        open.pop()
      }
    },
  }
  return renderer
}

function remember<V>(kept: WeakMap<Variables, Map<string, V>>, variables: Variables, name: string, value: V): void {
  const known = kept.get(variables)
  if (known) known.set(name, value)
  else kept.set(variables, new Map([[name, value]]))
}

/** Names that are not variables: omit, and hostvars or vars handed over whole. */
function special(name: string, renderer: Renderer, variables: Variables): Value | undefined {
  if (name === 'omit') return OMIT
  if (name === 'vars') return everything(variables, renderer)
  if (name !== 'hostvars' || !renderer.options.hostNames) return undefined
  const hosts = renderer.options.hostNames()
  return Object.fromEntries(
    hosts.map(host => [host, everything(renderer.options.hostVariables?.(host) ?? {}, renderer)]),
  )
}

/** All variables that can be rendered. */
export function everything(variables: Variables, renderer: Renderer): Record<string, Value> {
  const found: Record<string, Value> = {}
  for (const name of Object.keys(variables)) {
    if (name === 'hostvars' || name === 'vars') continue
    try {
      const value = renderer.resolve(name, variables)
      if (value !== undefined) found[name] = value
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
    }
  }
  return found
}

function recursion(name: string, open: readonly { name: string }[]): FailureError {
  const from = open.findIndex(each => each.name === name)
  const circle = [...open.slice(from).map(each => each.name), name].join(' → ')
  return new FailureError({
    code: 'invalid',
    message: `recursive loop detected in the variables ${circle}.`,
    remedy: 'A variable cannot be defined by itself; give one of them another name.',
  })
}

function includesOf(compiled: Compiled, renderer: Renderer): Map<string, Compiled> {
  const sources = new Map<string, Compiled>()
  const add = (names: readonly string[]) => {
    for (const name of names) {
      if (sources.has(name)) continue
      const file = findBelow(renderer.options.folders ?? [], name, ['templates'])
      if (file === null)
        throw new FailureError({
          code: 'invalid',
          message: `could not find the template ${name}; looked in ${(renderer.options.folders ?? []).join(', ')}.`,
          remedy: 'Put it into templates/ beside the playbook.',
        })
      const included = compiledTemplate(readTextFile(file).replace(/\n$/, ''))
      sources.set(name, included)
      add(included.includes)
    }
  }
  add(compiled.includes)
  return sources
}
