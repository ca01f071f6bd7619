import { readTextFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import type { Value, Variables } from '../../model/value.ts'
import type { Compiled } from '../jinja/compile.ts'
import { type CallArguments, createEngine, type Rendered, type Services } from '../jinja/engine.ts'
import { joinPieces } from '../jinja/pieces.ts'
import { explain } from './explain.ts'
import { findBelow } from './find.ts'
import { lookUp } from './lookups.ts'
import { compiledTemplate } from './memo.ts'
import { isPlain } from './plain.ts'
import { keepRendered, renderedBefore } from './rendered-before.ts'
import { createServices } from './services.ts'
import { OMIT, type TemplarOptions } from './templar.ts'
import type { RenderValue } from './template.ts'

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

/** What one renderer remembers between renderings. */
interface Memory {
  readonly kept: WeakMap<Variables, Map<string, Value>>
  /** Variables that are there but refer to something undefined. */
  readonly missing: WeakMap<Variables, Map<string, FailureError>>
  /** Variables being rendered, outermost first. */
  readonly open: { readonly name: string; readonly variables: Variables }[]
  /** How many volatile templates were rendered. */
  volatile: number
}

/** Renders with the variables that a template names, each rendered first, once per set of variables. */
export function createRenderer(options: TemplarOptions, renderValue: RenderValue): Renderer {
  const memory: Memory = { kept: new WeakMap(), missing: new WeakMap(), open: [], volatile: 0 }
  const renderer: Renderer = {
    options,
    render: (value, variables) => renderValue(value, variables, renderer),
    lookup: (name, call, variables) => lookUp(name, call, { renderer, variables }),
    run: (compiled, text, variables, how = {}) => run({ compiled, text, variables, how }, renderer, memory),
    resolve: (name, variables) => resolveName(name, variables, { renderer, memory, renderValue }),
  }
  return renderer
}

interface Running {
  readonly compiled: Compiled
  readonly text: string
  readonly variables: Variables
  readonly how: How
}

function run({ compiled, text, variables, how }: Running, renderer: Renderer, memory: Memory): Rendered {
  if (VOLATILE.test(text)) memory.volatile++
  const joined = compiled.pieces && joinPieces(compiled.pieces, name => renderer.resolve(name, variables))
  if (joined) return joined
  const context: Record<string, Value> = {}
  const includes = includesOf(compiled, renderer)
  const names = [compiled, ...includes.values()].flatMap(each => each.names)
  for (const name of new Set(names)) {
    const value = renderer.resolve(name, variables)
    if (value !== undefined) context[name] = value
  }
  const isUsual = how.trimBlocks === undefined && how.lstripBlocks === undefined
  const before = isUsual ? renderedBefore(compiled, context) : undefined
  if (before) return before
  const services: Services = createServices(renderer, variables)
  const sources = new Map([...includes].map(([name, each]) => [name, each.source]))
  const { source, orders } = compiled
  try {
    const rendered = engine({ source, includes: sources, variables: context, services, orders, ...how })
    if (isUsual) keepRendered(compiled, context, rendered)
    return rendered
  } catch (error) {
    const names = () => Object.keys(variables)
    throw explain(error, { compiled, text, context, names, missing: memory.missing.get(variables) ?? new Map() })
  }
}

function resolveName(
  name: string,
  variables: Variables,
  { renderer, memory, renderValue }: { renderer: Renderer; memory: Memory; renderValue: RenderValue },
): Value | undefined {
  if (!Object.hasOwn(variables, name)) return special(name, renderer, variables)
  const raw = variables[name] as Value
  if (isPlain(raw)) return raw
  const known = memory.kept.get(variables)?.get(name)
  if (known !== undefined) return known
  const { open } = memory
  if (open.some(each => each.name === name && each.variables === variables)) throw recursion(name, open)
  const before = memory.volatile
  open.push({ name, variables })
  try {
    const value = renderValue(raw, variables, renderer)
    if (memory.volatile === before) remember(memory.kept, variables, name, value)
    return value
  } catch (error) {
    if (!(error instanceof FailureError) || !/is undefined|has no attribute/.test(error.failure.message)) throw error
    remember(memory.missing, variables, name, error)
    return undefined
  } finally {
    open.pop()
  }
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
