import { walk } from './expression.ts'
import { expressionsOf, type Node, walkNodes } from './node.ts'

/** Every name that these nodes read, their own among them. */
export function readsOf(nodes: readonly Node[]): Set<string> {
  const names = new Set<string>()
  for (const node of walkNodes(nodes))
    for (const expression of expressionsOf(node))
      for (const part of walk(expression)) if (part.type === 'name') names.add(part.name)
  return names
}
