import type { CliNode, CliTree } from '../model/nxos.ts'
import { cliKey } from './cli-key.ts'

const indexes = new WeakMap<CliTree, ReadonlyMap<string, CliNode>>()
const keys = new WeakMap<CliNode, string>()

/** The lines of a context by their key. Made once per tree, trees being immutable. */
export function cliIndex(parents: readonly string[], children: CliTree): ReadonlyMap<string, CliNode> {
  const before = indexes.get(children)
  if (before) return before
  const index = new Map(children.map(node => [keyOf(parents, node), node]))
  indexes.set(children, index)
  return index
}

/** The children of the context that a path leads to, or undefined where it does not exist. */
export function childrenAt(tree: CliTree, path: readonly string[]): CliTree | undefined {
  let children: CliTree | undefined = tree
  for (let depth = 0; depth < path.length && children; depth++) {
    const parents = path.slice(0, depth)
    const line = path[depth] ?? ''
    children = cliIndex(parents, children).get(cliKey(parents, line))?.children
  }
  return children
}

function keyOf(parents: readonly string[], node: CliNode): string {
  const before = keys.get(node)
  if (before !== undefined) return before
  const key = cliKey(parents, node.line)
  keys.set(node, key)
  return key
}
