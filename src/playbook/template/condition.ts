import { FailureError } from '../../model/failure.ts'
import type { Scope } from '../../model/scope.ts'
import type { Value } from '../../model/value.ts'
import { isTemplate } from '../language/segments.ts'
import { isTrue } from '../python/compare.ts'
import { shown } from '../python/text.ts'
import { compiledCondition, shorten } from './memo.ts'
import type { Renderer } from './renderer.ts'

/** What became of a condition that is a template, and whether data went into it. */
interface Made {
  readonly value: Value
  readonly ofData: boolean
  readonly template: string
}

/** A boolean as it stands, nothing is true; text is an expression, rendered first where it holds braces; of a list all must hold. */
export function isMet(condition: Value, scope: Scope, renderer: Renderer): boolean {
  if (condition === null || condition === '') return true
  if (Array.isArray(condition)) return condition.every(each => isMet(each, scope, renderer))
  if (typeof condition !== 'string') return isTrue(condition)
  if (!isTemplate(condition)) return holds(condition, scope, renderer)
  return isMetBy(made(condition, scope, renderer), scope, renderer)
}

/**
 * The first of some conditions that does not hold, as it reads once rendered; undefined when all do. A template that makes a list makes a
 * list of conditions.
 */
export function firstBroken(that: Value, scope: Scope, renderer: Renderer): Value | undefined {
  for (const condition of Array.isArray(that) ? that : [that]) {
    if (typeof condition !== 'string' || !isTemplate(condition)) {
      if (!isMet(condition, scope, renderer)) return condition
      continue
    }
    const all = made(condition, scope, renderer)
    const each = Array.isArray(all.value) ? all.value : [all.value]
    const broken = each.find(value => !isMetBy({ ...all, value }, scope, renderer))
    if (broken !== undefined) return broken
  }
  return undefined
}

/** A name and what is below it: no call, no filter, no operator. */
const WAY = /^\s*[A-Za-z_]\w*(\.\w+|\[\d+\])*\s*$/

/** An expression and its value; a template in its place makes the expression first. See Templar.evaluate. */
export function namedValue(written: string, scope: Scope, renderer: Renderer): { expression: string; value: Value } {
  if (!isTemplate(written)) return { expression: written, value: renderer.render(`{{ ${written} }}`, scope) }
  const { value, ofData, template } = made(written, scope, renderer)
  const expression = shown(value)
  if (typeof value !== 'string') return { expression, value }
  if (ofData && !WAY.test(value)) throw refused(template, value, 'Give it to `msg` to see it, or name the variable.')
  return { expression, value: renderer.render(`{{ ${value} }}`, scope) }
}

function made(template: string, scope: Scope, renderer: Renderer): Made {
  return { ...renderer.withOrigin(() => renderer.render(template, scope)), template }
}

function isMetBy({ value, ofData, template }: Made, scope: Scope, renderer: Renderer): boolean {
  if (typeof value !== 'string') return isTrue(value)
  if (value === '') return false
  if (!ofData) return holds(value, scope, renderer)
  if (/^\s*true\s*$/i.test(value)) return true
  if (/^\s*(false|none)\s*$/i.test(value)) return false
  if (/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return Number(value) !== 0
  throw refused(template, value, "Write the condition without braces: NAME == 'text', or NAME | bool.")
}

function holds(expression: string, scope: Scope, renderer: Renderer): boolean {
  return renderer.run(compiledCondition(expression), expression, scope).captured === true
}

function refused(template: string, text: string, remedy: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `"${shorten(template)}" became "${shorten(text)}", which is data (what a device, a program, a loop or another host gave) and is never evaluated as an expression.`,
    remedy,
  })
}
