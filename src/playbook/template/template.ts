import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value, type Variables } from '../../model/value.ts'
import { pythonText } from '../jinja/python.ts'
import { isTemplate, segmentsOf } from '../jinja/segments.ts'
import { literalText } from './literal-text.ts'
import { compiledCondition, compiledTemplate, compiledValue } from './memo.ts'
import { createRenderer, type Renderer } from './renderer.ts'
import type { Templar, TemplarOptions } from './templar.ts'

export type { Templar, TemplarOptions } from './templar.ts'
export { dropOmitted, OMIT, protect } from './templar.ts'

/** A templar for tasks that look up files in the same folders. Cheap to make: machines and compiled templates are shared. */
export function createTemplar(options: TemplarOptions = {}): Templar {
  const renderer = createRenderer(options, renderValue)
  return {
    render: (value, variables) => renderValue(value, variables, renderer),
    renderNative: (value, variables) => renderValue(value, variables, renderer, renderNativeText),
    test: (expression, variables) => testCondition(expression, variables, renderer),
    evaluate: (expression, variables) => {
      const { captured } = renderer.run(compiledValue(expression), expression, variables)
      return captured
    },
    valueOf: (name, variables) => renderer.resolve(name, variables),
    renderName: (name, variables) => renderName(name, variables, renderer),
    renderFile: (text, variables, how = {}) => renderer.run(compiledTemplate(text), text, variables, how).text,
    lookup: (name, terms, variables) => renderer.lookup(name, { args: terms, named: {} }, variables),
  }
}

type RenderText = (text: string, variables: Variables, renderer: Renderer) => Value
export type RenderValue = (value: Value, variables: Variables, renderer: Renderer, textOf?: RenderText) => Value

function renderValue(value: Value, variables: Variables, renderer: Renderer, textOf: RenderText = renderText): Value {
  if (typeof value === 'string') return textOf(value, variables, renderer)
  if (Array.isArray(value)) return value.map(entry => renderValue(entry, variables, renderer, textOf))
  if (!isMapping(value)) return value
  const rendered: Record<string, Value> = {}
  for (const [key, entry] of Object.entries(value)) {
    const result = renderValue(entry, variables, renderer, textOf)
    if (key === '__proto__') Object.defineProperty(rendered, key, { value: result, enumerable: true })
    else rendered[key] = result
  }
  return rendered
}

const PROTECTED = /^\{% raw %\}([\s\S]*)\{% endraw %\}$/
const VARIABLE = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/

function renderText(text: string, variables: Variables, renderer: Renderer): Value {
  if (!isTemplate(text)) return text
  const given = PROTECTED.exec(text)
  if (given && !given[1]?.includes('{% endraw')) return given[1] as string
  const name = VARIABLE.exec(text)?.[1]
  if (name !== undefined && Object.hasOwn(variables, name)) {
    const raw = variables[name] as Value
    if (raw === null || typeof raw === 'number' || typeof raw === 'boolean') return raw
  }
  const compiled = compiledTemplate(text)
  const { text: rendered, captured } = renderer.run(compiled, text, variables)
  if (!compiled.single || typeof captured === 'number') return literalText(rendered)
  if (typeof captured === 'string') return literalText(captured)
  return captured ?? ''
}

/** As renderText, but a template that is one expression keeps a number as it is. */
function renderNativeText(text: string, variables: Variables, renderer: Renderer): Value {
  if (!isTemplate(text) || PROTECTED.test(text)) return renderText(text, variables, renderer)
  const compiled = compiledTemplate(text)
  if (!compiled.single) return renderText(text, variables, renderer)
  const { captured } = renderer.run(compiled, text, variables)
  return typeof captured === 'number' ? captured : renderText(text, variables, renderer)
}

/** A boolean as it stands, nothing is true; text is an expression, rendered first where it holds braces. */
function testCondition(expression: Value, variables: Variables, renderer: Renderer): boolean {
  if (expression === null || expression === '') return true
  if (typeof expression === 'boolean') return expression
  if (Array.isArray(expression)) return expression.every(each => testCondition(each, variables, renderer))
  if (typeof expression !== 'string') return Boolean(expression)
  const rendered = isTemplate(expression) ? renderText(expression, variables, renderer) : expression
  if (typeof rendered !== 'string') return testCondition(rendered, variables, renderer)
  if (rendered === '') return false
  return renderer.run(compiledCondition(rendered), rendered, variables).captured === true
}

function renderName(name: string, variables: Variables, renderer: Renderer): string {
  if (!isTemplate(name)) return name
  try {
    return pythonText(renderText(name, variables, renderer))
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
  }
  return piecesOf(name)
    .map(piece => {
      try {
        return pythonText(renderText(piece, variables, renderer))
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
