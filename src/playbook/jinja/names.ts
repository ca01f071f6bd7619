import { type Expression, walk } from './expression.ts'

/** The variables that an expression reads, hostvars and vars left out where they are read by name. */
export function namesOf(expression: Expression, locals: ReadonlySet<string>): Set<string> {
  const names = new Set<string>()
  const byName = new Set<Expression>()
  for (const node of walk(expression)) {
    if (
      (node.type === 'item' || node.type === 'attribute') &&
      node.of.type === 'name' &&
      /^(hostvars|vars)$/.test(node.of.name)
    )
      byName.add(node.of)
    if (node.type === 'compare')
      for (const [, value] of node.rest) if (value.type === 'name' && value.name === 'hostvars') byName.add(value)
    if (node.type === 'call' && node.of.type === 'name') byName.add(node.of)
    if (node.type === 'name' && !byName.has(node) && !locals.has(node.name)) names.add(node.name)
  }
  return names
}
