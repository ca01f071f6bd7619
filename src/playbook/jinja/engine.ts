import { createRequire } from 'node:module'
import type { Environment } from 'minijinja-js'
import type { Value } from '../../model/value.ts'
import { pythonRepr, pythonText } from './python.ts'
import { comeOut, goIn, type KeyOrder, noteOrder } from './values.ts'

/** What the operations of a template may ask for while it is rendered. */
export interface Services {
  filter(name: string, of: Value, call: CallArguments): Value | undefined
  test(name: string, of: Value, call: CallArguments): boolean
  call(name: string, call: CallArguments): Value | undefined
  method(name: string, of: Value, call: CallArguments): Value | undefined
  hostvar(host: string, name: string): Value | undefined
  hostvars(host: string): Value | undefined
  variable(name: string): Value | undefined
}

export interface CallArguments {
  readonly args: readonly Value[]
  readonly named: Readonly<Record<string, Value>>
}

export interface RenderRequest {
  readonly source: string
  readonly includes?: ReadonlyMap<string, string>
  readonly variables: Readonly<Record<string, Value>>
  readonly services: Services
  /** Keys of the mappings written in the template, in their order. */
  readonly orders?: readonly (readonly string[])[]
  readonly trimBlocks?: boolean
  readonly lstripBlocks?: boolean
}

/** `captured` is the value of a template that is one expression. */
export interface Rendered {
  readonly text: string
  readonly captured: Value
}

/** A template that loops is stopped after this many steps of the machine (some seconds of work). */
const FUEL = 5_000_000

interface Machine {
  readonly environment: Environment
  /** Names of the templates that it has parsed already, by their flags and source. */
  readonly parsed: Map<string, string>
  names: number
  current: (Running & { failure: unknown; failed: boolean; captured: Value }) | null
}

interface Running {
  readonly services: Services
  readonly order: KeyOrder
}

/** A machine for templates. Templates may nest: a lookup inside of one renders another. */
export function createEngine(): (request: RenderRequest) => Rendered {
  const idle: Machine[] = []
  return request => {
    const machine = idle.pop() ?? newMachine()
    try {
      const rendered = run(machine, request)
      idle.push(machine)
      return rendered
    } catch (error) {
      // An error of the template's own leaves the machine as it was; anything else (a panic, an exception within it) may not.
      if (ORDINARY.test(messageOf(error))) idle.push(machine)
      else forgetModule(idle)
      throw machine.current?.failed ? machine.current.failure : error
    }
  }
}

const ORDINARY =
  /^(undefined value|unknown|invalid operation|syntax error|engine ran out of fuel|template not found|bad |too many|missing)/

/** All machines share one WebAssembly instance, so that a broken one takes the others with it: the next starts from a new instance. */
function forgetModule(idle: Machine[]): void {
  idle.length = 0
  const load = createRequire(import.meta.url)
  delete load.cache[load.resolve('minijinja-js')]
}

function run(machine: Machine, request: RenderRequest): Rendered {
  const order: KeyOrder = { orders: new Map() }
  const { services } = request
  const current = { services, order, failure: undefined as unknown, failed: false, captured: null as Value }
  machine.current = current
  goIn(request.variables, order)
  for (const keys of request.orders ?? []) noteOrder(keys, order)
  const name = parsedName(machine, request)
  machine.environment.fuel = FUEL
  const text = machine.environment.renderTemplate(name, request.variables)
  if (current.failed) throw current.failure
  return { text, captured: current.captured }
}

const MOST_PARSED = 3000

/** Parsing takes five times as long as rendering, so each machine keeps what it has parsed. */
function parsedName(machine: Machine, request: RenderRequest): string {
  const { environment, parsed } = machine
  const { source, includes, trimBlocks = true, lstripBlocks = false } = request
  const key = `${trimBlocks ? 't' : ''}${lstripBlocks ? 'l' : ''}:${source}`
  const known = includes?.size ? undefined : parsed.get(key)
  if (known !== undefined) return known
  if (parsed.size >= MOST_PARSED) {
    parsed.clear()
    environment.clearTemplates()
  }
  environment.trimBlocks = trimBlocks
  environment.lstripBlocks = lstripBlocks
  for (const [file, text] of includes ?? []) environment.addTemplate(file, text)
  const name = `weft ${machine.names++}`
  environment.addTemplate(name, source)
  parsed.set(key, name)
  return name
}

function newMachine(): Machine {
  // Loaded late: the machine is 1.5 MB of WebAssembly, and many plans render nothing.
  const load = createRequire(import.meta.url)
  const { Environment: Constructor } = load('minijinja-js') as typeof import('minijinja-js')
  const environment = new Constructor()
  environment.undefinedBehavior = 'strict'
  environment.keepTrailingNewline = true
  const machine: Machine = { environment, parsed: new Map(), names: 0, current: null }
  register(machine)
  return machine
}

type Operation = (running: Running, of: unknown, ...rest: unknown[]) => Value | undefined

/** An exception must not cross into WebAssembly, where it is a panic: it is kept, and thrown when the rendering is over. */
function register(machine: Machine): void {
  for (const [name, operation] of Object.entries(operationsOf(machine)))
    machine.environment.addFilter(name, (of: unknown, ...rest: unknown[]) => {
      const { current } = machine
      if (!current || current.failed) return undefined
      try {
        return goIn(operation(current, of, ...rest), current.order)
      } catch (error) {
        current.failed = true
        current.failure = error
        return undefined
      }
    })
}

function operationsOf(machine: Machine): Record<string, Operation> {
  const call = ({ order }: Running, args: unknown, named: unknown): CallArguments => ({
    args: (comeOut(args, order) ?? []) as Value[],
    named: (comeOut(named, order) ?? {}) as Record<string, Value>,
  })
  const text = (value: unknown) => String(value)
  return {
    weft_filter: (now, of, name, args, named) =>
      now.services.filter(text(name), comeOut(of, now.order), call(now, args, named)),
    weft_test: (now, of, name, args, named) =>
      now.services.test(text(name), comeOut(of, now.order), call(now, args, named)),
    weft_call: (now, name, args, named) => now.services.call(text(name), call(now, args, named)),
    weft_method: (now, of, name, args, named) =>
      now.services.method(text(name), comeOut(of, now.order), call(now, args, named)),
    weft_block: (now, of, written) => blockFilter(now, of, text(written)),
    weft_maybe: (now, of, name, args, named) =>
      found(now.services.filter(text(name), comeOut(of, now.order), call(now, args, named))),
    weft_hostvars: (now, host) => found(now.services.hostvars(text(host))),
    weft_hostvar: (now, pair) =>
      found(now.services.hostvar(text((pair as unknown[])[0]), text((pair as unknown[])[1]))),
    weft_vars: (now, name) => found(now.services.variable(text(name))),
    weft_get: (now, of, key) => found(get(comeOut(of, now.order), comeOut(key, now.order))),
    weft_tuple_text: (now, of) => tupleText(comeOut(of, now.order)),
    weft_slice: (now, of, parts) => slice(comeOut(of, now.order), comeOut(parts, now.order) as Value[]),
    weft_repeat: (now, pair) => repeat(comeOut(pair, now.order) as Value[]),
    weft_tuple: (now, of) => comeOut(of, now.order),
    weft_text: (now, of) => pythonText(comeOut(of, now.order)),
    weft_iterate: (now, of) => iterate(comeOut(of, now.order)),
    weft_capture: (now, of) => {
      if (machine.current) machine.current.captured = comeOut(of, now.order)
      return ''
    },
  }
}

/** What may be missing: a list of one or none, because a filter cannot answer 'undefined'. */
function found(value: Value | undefined): Value {
  return value === undefined ? [] : [value]
}

function tupleText(of: Value): string {
  const entries = (of as Value[]).map(pythonRepr)
  return entries.length === 1 ? `(${entries[0]},)` : `(${entries.join(', ')})`
}

function blockFilter({ services }: Running, of: unknown, written: string): Value | undefined {
  const names = written.split('|').map(name => name.trim())
  return names.reduce<Value | undefined>(
    (value, name) => services.filter(name, value ?? '', { args: [], named: {} }),
    String(of),
  )
}

/** obj[key], undefined when there is none; an index may count from the end. */
export function get(of: Value, key: Value): Value | undefined {
  if (Array.isArray(of) || typeof of === 'string') {
    const index = typeof key === 'string' && /^-?\d+$/.test(key) ? Number(key) : key
    return typeof index === 'number' ? (of as string & Value[]).at(index) : undefined
  }
  if (typeof of !== 'object' || of === null) return undefined
  const name = key === true ? 'True' : key === false ? 'False' : key === null ? 'None' : String(key)
  return Object.hasOwn(of, name) ? (of as Record<string, Value>)[name] : undefined
}

/** Python's slice with an optional step. */
function slice(of: Value, [from = null, to = null, step = null]: Value[]): Value {
  if (typeof of !== 'string' && !Array.isArray(of)) throw new Error('only lists and texts can be sliced')
  const all: Value[] = [...of]
  const by = step === null ? 1 : Number(step)
  const place = (value: Value, otherwise: number) => {
    if (value === null) return otherwise
    const index = Number(value) < 0 ? Number(value) + all.length : Number(value)
    return Math.max(by < 0 ? -1 : 0, Math.min(by < 0 ? all.length - 1 : all.length, index))
  }
  const taken: Value[] = []
  if (by > 0) for (let next = place(from, 0); next < place(to, all.length); next += by) taken.push(all[next] as Value)
  if (by < 0)
    for (let next = place(from, all.length - 1); next > place(to, -1); next += by) taken.push(all[next] as Value)
  return typeof of === 'string' ? taken.join('') : taken
}

const MOST_REPEATED = 1_000_000

/** A text or list so many times, as Python's * has it; bounded, because nothing else bounds it. */
function repeat([a = null, b = null]: Value[]): Value {
  const [what, times] = typeof a === 'number' ? [b, a] : [a, Number(b)]
  if ((typeof what !== 'string' && !Array.isArray(what)) || typeof times !== 'number' || Number.isNaN(times))
    throw new Error('only numbers, and a text or list with a number, can be multiplied')
  if (what.length * times > MOST_REPEATED)
    throw new Error(`a repetition of more than ${MOST_REPEATED} letters or entries is refused`)
  const count = Math.max(0, Math.trunc(times))
  return typeof what === 'string' ? what.repeat(count) : Array.from({ length: count }, () => what as Value[]).flat()
}

function iterate(of: Value): Value {
  if (Array.isArray(of)) return of
  if (typeof of === 'string') return [...of]
  if (typeof of === 'object' && of !== null) return Object.keys(of)
  throw new Error(`${of === null ? 'None' : typeof of} is not a list: it cannot be gone through by for`)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
