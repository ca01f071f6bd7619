import { carryWritten } from '../../model/as-written.ts'
import { FailureError } from '../../model/failure.ts'
import type { Scope } from '../../model/scope.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { staysText } from '../evaluate/statements.ts'
import { isTemplate, segmentsOf } from '../language/segments.ts'
import { shown } from '../python/text.ts'
import { firstBroken, isMet, namedValue } from './condition.ts'
import { createRenderer } from './create-renderer.ts'
import { compiledTemplate } from './memo.ts'
import { everything, type Renderer, type RenderText } from './renderer.ts'
import type { Templar, TemplarOptions } from './templar.ts'

export type { Templar, TemplarOptions } from './templar.ts'
export { dropOmitted, OMIT } from './templar.ts'

/** A templar for tasks that look up files in the same folders. Cheap to make: machines and compiled templates are shared. */
export function createTemplar(options: TemplarOptions = {}): Templar {
  const renderer = createRenderer(options, renderValue)
  return {
    render: (value, scope) => renderValue(value, scope, renderer),
    renderNative: (value, scope) => renderValue(value, scope, renderer, renderNativeText),
    test: (condition, scope) => isMet(condition, scope, renderer),
    broken: (that, scope) => firstBroken(that, scope, renderer),
    evaluate: (expression, scope) => namedValue(expression, scope, renderer),
    valueOf: (name, scope) => renderer.resolve(name, scope),
    valuesOf(names, scope) {
      const values = names.map(name => [name, scope.values[name] ?? null] as const)
      return Object.fromEntries(
        values.map(([name, value]) => [name, scope.written.has(name) ? renderer.render(value, scope) : value]),
      )
    },
    everything: scope => everything(scope, renderer),
    renderName: (name, scope) => renderName(name, scope, renderer),
    renderFile(path, scope, how = {}) {
      const text = renderer.readTemplate(path)
      const reading = { ...how, file: true }
      return renderer.run(compiledTemplate(text, reading), text, scope, reading).text
    },
    foresee: renderer.foresee,
    once: renderer.once,
    lookup: (name, terms, scope) => renderer.lookup(name, { args: terms, named: {} }, scope),
  }
}

function renderValue(value: Value, scope: Scope, renderer: Renderer, textOf: RenderText = renderText): Value {
  if (typeof value === 'string') return textOf(value, scope, renderer)
  if (Array.isArray(value))
    return carryWritten(
      value,
      value.map(entry => renderValue(entry, scope, renderer, textOf)),
    )
  if (!isMapping(value)) return value
  const rendered: Record<string, Value> = {}
  for (const [key, entry] of Object.entries(value)) {
    const result = renderValue(entry, scope, renderer, textOf)
    if (key === '__proto__') Object.defineProperty(rendered, key, { value: result, enumerable: true })
    else rendered[key] = result
  }
  return carryWritten(value, rendered)
}

const VARIABLE = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/

function renderText(text: string, scope: Scope, renderer: Renderer, keepsNumbers = false): Value {
  if (!isTemplate(text)) return text
  const name = VARIABLE.exec(text)?.[1]
  if (name !== undefined && Object.hasOwn(scope.values, name)) {
    const raw = scope.values[name] as Value
    if (raw === null || typeof raw === 'number' || typeof raw === 'boolean') return raw
  }
  const compiled = compiledTemplate(text)
  const rendered = renderer.run(compiled, text, scope)
  const { captured } = rendered
  if (keepsNumbers && typeof captured === 'number') return captured
  const isText = typeof captured === 'string' && compiled.single?.type === 'name' && isAlwaysText(text, scope)
  return isText ? rendered.text : rendered.value
}

/** A variable is text, whatever it looks like, where a filter such as to_json made it. */
function isAlwaysText(template: string, scope: Scope, level = 0): boolean {
  const { single } = compiledTemplate(template)
  if (single === null || level > 20) return false
  if (single.type !== 'name') return staysText(single)
  const raw = scope.written.has(single.name) ? scope.values[single.name] : undefined
  return typeof raw === 'string' && isTemplate(raw) && isAlwaysText(raw, scope, level + 1)
}

/** As renderText, but a template that is one expression keeps a number as it is. */
function renderNativeText(text: string, scope: Scope, renderer: Renderer): Value {
  return renderText(text, scope, renderer, true)
}

function renderName(name: string, scope: Scope, renderer: Renderer): string {
  if (!isTemplate(name)) return name
  const textOf = (text: string) => renderer.foresee(() => shown(renderText(text, scope, renderer)))
  try {
    return textOf(name)
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
  }
  return piecesOf(name)
    .map(piece => {
      try {
        return textOf(piece)
      } catch {
        return piece
      }
    })
    .join('')
}

function piecesOf(name: string): string[] {
  try {
    return segmentsOf(name).map(({ kind, inner, open, close }) =>
      kind === 'text' ? inner : `{{${open}${inner}${close}}}`,
    )
  } catch {
    return [name]
  }
}
