import { readTextFile } from '../../inventory/yaml/read.ts'
import { FailureError } from '../../model/failure.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import { type Rendered, render } from '../evaluate/render.ts'
import type { Compiled, Reading } from '../language/compile.ts'
import { explain, isUndefinedFailure } from './explain.ts'
import { lookUp } from './lookups.ts'
import { foresee, type Memory, newMemory, once, remember, unforeseen } from './memory.ts'
import { isPlain } from './plain.ts'
import { everything, type Renderer, type RenderValue } from './renderer.ts'
import { createServices } from './services.ts'
import { OMIT, type TemplarOptions } from './templar.ts'

/** Renders with the variables that a template names, each rendered first, once per set of variables. */
export function createRenderer(options: TemplarOptions, renderValue: RenderValue): Renderer {
  const memory = newMemory()
  const renderer: Renderer = {
    options,
    render: (value, scope) => renderValue(value, scope, renderer),
    lookup: (name, call, scope) => lookUp(name, call, { renderer, scope }),
    run: (compiled, text, scope, how = {}) => run({ compiled, text, scope, how }, renderer, memory),
    resolve: (name, scope) => resolveName(name, scope, { renderer, memory, renderValue }),
    readTemplate: options.readTemplate ?? readTextFile,
    dataOf(value) {
      memory.data++
      return value
    },
    runsProgram() {
      if (!memory.foresees) return
      memory.unforeseen = true
      throw unforeseen()
    },
    foresee: work => foresee(work, memory),
    once: work => once(work, memory),
    withOrigin(work) {
      const before = memory.data
      const value = work()
      return { value, ofData: memory.data !== before }
    },
  }
  return renderer
}

interface Running {
  readonly compiled: Compiled
  readonly text: string
  readonly scope: Scope
  readonly how: Reading
}

function run({ compiled, text, scope, how }: Running, renderer: Renderer, memory: Memory): Rendered {
  if (compiled.isVolatile) memory.volatile++
  try {
    return render(compiled, createServices(renderer, scope), { converts: !how.file })
  } catch (error) {
    const names = () => Object.keys(scope.values)
    throw explain(error, { text, names, missing: memory.missing.get(scope) ?? new Map() })
  }
}

function resolveName(
  name: string,
  scope: Scope,
  { renderer, memory, renderValue }: { renderer: Renderer; memory: Memory; renderValue: RenderValue },
): Value | undefined {
  if (!Object.hasOwn(scope.values, name)) return special(name, renderer, scope)
  const raw = scope.values[name] as Value
  if (!scope.written.has(name)) return renderer.dataOf(raw)
  if (isPlain(raw)) return raw
  const known = memory.kept.get(scope)?.get(name) ?? memory.once?.get(scope)?.get(name)
  if (known !== undefined) return known.ofData ? renderer.dataOf(known.value) : known.value
  const { open } = memory
  if (open.some(each => each.name === name && each.scope === scope)) throw recursion(name, open)
  const before = memory.volatile
  open.push({ name, scope })
  try {
    const made = renderer.withOrigin(() => renderValue(raw, scope, renderer))
    renderer.options.rendered?.(name, made.value)
    const kept = memory.volatile === before ? memory.kept : memory.once
    if (kept) remember(kept, { scope, name, value: made })
    return made.value
  } catch (error) {
    if (!(error instanceof FailureError) || !isUndefinedFailure(error)) throw error
    remember(memory.missing, { scope, name, value: error })
    return undefined
  } finally {
    open.pop()
  }
}

/** Names that are not variables: omit, and hostvars or vars handed over whole. */
function special(name: string, renderer: Renderer, scope: Scope): Value | undefined {
  if (name === 'omit') return OMIT
  if (name === 'vars') return everything(scope, renderer)
  if (name !== 'hostvars' || !renderer.options.hostNames) return undefined
  const hosts = renderer.options.hostNames()
  return Object.fromEntries(
    hosts.map(host => {
      const scope = renderer.options.hostVariables?.(host)
      return [host, scope ? everything(scope, renderer) : {}]
    }),
  )
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
