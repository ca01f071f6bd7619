import { pythonLiteral } from '../../inventory/python-literal.ts'
import type { Value } from '../../model/value.ts'

/**
 * Rendered text that reads as a list, a mapping, True or False becomes that value (Ansible 2.14 with jinja2_native off). JSON counts as
 * well: true, false and null within it are understood.
 */
export function literalText(text: string): Value {
  if (text === 'True') return true
  if (text === 'False') return false
  if (!(text.startsWith('[') || (text.startsWith('{') && !text.startsWith('{{') && !text.startsWith('{%')))) return text
  const literal = pythonLiteral(text.trim())
  if (literal !== undefined) return typeof literal === 'object' && literal !== null ? literal : text
  try {
    return JSON.parse(text) as Value
  } catch {
    return text
  }
}
