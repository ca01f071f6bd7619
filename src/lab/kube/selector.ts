import { type Json, type JsonMap, listOf, mapOf, pick, textOf } from './json.ts'
import { badRequest } from './status.ts'

export type Matcher = (object: JsonMap) => boolean

/** `-l`: 'app=web,tier!=db,env in (a, b),rack_id,!gone', against metadata.labels. */
export function labelMatcher(selector: string): Matcher {
  const terms = splitTerms(selector).map(labelTerm)
  return object => {
    const labels = mapOf(pick(object, 'metadata', 'labels'))
    return terms.every(term => term(labels))
  }
}

/** A LabelSelector (matchLabels, matchExpressions) or a plain mapping's worth of labels; an empty one matches all. */
export function selectorMatcher(selector: JsonMap): (labels: JsonMap) => boolean {
  const wanted = Object.entries(mapOf(selector.matchLabels))
  const expressions = listOf(selector.matchExpressions).map(mapOf)
  return labels =>
    wanted.every(([key, value]) => labels[key] === value) && expressions.every(entry => expression(entry, labels))
}

/** `--field-selector`: 'metadata.name=a,spec.nodeName!=b', any path of the object. */
export function fieldMatcher(selector: string): Matcher {
  const terms = splitTerms(selector).map(term => {
    const parts = /^([^=!]+)(==|=|!=)(.*)$/.exec(term)
    if (!parts) throw badRequest(`invalid field selector "${selector}"; can't understand '${term}'`)
    const [, path = '', operator, value = ''] = parts
    return { path: path.trim().split('.'), negated: operator === '!=', value: value.replaceAll('\\', '').trim() }
  })
  return object => terms.every(term => (fieldText(pick(object, ...term.path)) === term.value) !== term.negated)
}

function fieldText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? '' : String(value)
}

/** Commas separate terms, but not inside parentheses. */
function splitTerms(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map(term => term.trim())
    .filter(term => term !== '')
}

function labelTerm(term: string): (labels: JsonMap) => boolean {
  const group = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(term)
  if (group) {
    const [, key = '', operator, values = ''] = group
    const allowed = values.split(',').map(value => value.trim())
    return labels =>
      allowed.includes(textOf(labels[key])) === (operator === 'in') && (operator === 'notin' || key in labels)
  }
  const compared = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(term)
  if (compared) {
    const [, key = '', operator, value = ''] = compared
    return labels => (labels[key] === value) !== (operator === '!=')
  }
  if (/^!\s*\S+$/.test(term)) return labels => !(term.slice(1).trim() in labels)
  if (/^[^\s=!()]+$/.test(term)) return labels => term in labels
  throw badRequest(`unable to parse requirement: found '${term}'`)
}

function expression(entry: JsonMap, labels: JsonMap): boolean {
  const key = textOf(entry.key)
  const values = listOf(entry.values)
  const value = labels[key]
  if (entry.operator === 'In') return value !== undefined && values.includes(value)
  if (entry.operator === 'NotIn') return value === undefined || !values.includes(value)
  return (entry.operator === 'Exists') === (value !== undefined)
}
