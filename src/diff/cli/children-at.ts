import type { CliNode, CliTree } from '../../model/nxos.ts'
import { cliKey } from './key.ts'

const indexes = new WeakMap<CliTree, ReadonlyMap<string, CliNode>>()
const keys = new WeakMap<CliNode, string>()

/** The lines of a context by their key. Made once per tree, trees being immutable. */
export function cliIndex(parents: readonly string[], children: CliTree): ReadonlyMap<string, CliNode> {
  const before = indexes.get(children)
  if (before) return before
  const index = new Map<string, CliNode>()
  for (const node of children) index.set(keyOf(parents, node), node)
  indexes.set(children, index)
  return index
}

/** The children of the context that a path leads to, or undefined where it does not exist. */
export function childrenAt(tree: CliTree, path: readonly string[]): CliTree | undefined {
  let children: CliTree | undefined = tree
  for (const { parents, key } of stepsOf(path)) {
    if (!children) return undefined
    children = cliIndex(parents, children).get(key)?.children
  }
  return children
}

interface Step {
  readonly parents: readonly string[]
  readonly key: string
}
const steps = new WeakMap<readonly string[], readonly Step[]>()

/** The way down a path. Made once per path: the same task goes it on every host. */
function stepsOf(path: readonly string[]): readonly Step[] {
  const before = steps.get(path)
  if (before) return before
  const made = path.map((line, depth) => {
    const parents = path.slice(0, depth)
    return { parents, key: cliKey(parents, line) }
  })
  steps.set(path, made)
  return made
}

function keyOf(parents: readonly string[], node: CliNode): string {
  const before = keys.get(node)
  if (before !== undefined) return before
  const key = cliKey(parents, node.line)
  keys.set(node, key)
  return key
}
