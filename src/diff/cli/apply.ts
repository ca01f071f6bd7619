import type { Managed } from '../../model/managed.ts'
import type { CliBranch, CliNode, CliTree } from '../../model/nxos.ts'
import { cliIndex } from './children-at.ts'
import { cliKey, isDefaultOn, signed } from './key.ts'
import { linesAmong } from './save.ts'

/** A normal tree as it is after the changes. Nothing of the old tree is altered; untouched contexts are shared. */
export function applyCli(tree: CliTree, changes: readonly Managed[]): CliTree {
  return linesAmong(changes).reduce(applyOne, tree)
}

function applyOne(tree: CliTree, { before, after }: Managed<CliBranch>): CliTree {
  const value = after ?? before
  if (!value) return tree
  return within({
    tree,
    done: [],
    path: value.parents,
    create: after !== null,
    edit: (children, parents) => {
      if (after?.moved) return put(remove(children, parents, after.line), parents, after)
      return after ? put(children, parents, after) : remove(children, parents, value.line)
    },
  })
}

interface Within {
  readonly tree: CliTree
  readonly done: readonly string[]
  readonly path: readonly string[]
  readonly create: boolean
  readonly edit: (children: CliTree, parents: readonly string[]) => CliTree
}

function within({ tree, done, path, create, edit }: Within): CliTree {
  const [first, ...rest] = path
  if (first === undefined) return edit(tree, done)
  const node = cliIndex(done, tree).get(cliKey(done, first))
  if (!node && !create) return tree
  const found = node ?? { line: first, children: [] }
  const children = within({ tree: found.children, done: [...done, first], path: rest, create, edit })
  if (!node) return [...tree, { line: first, children }]
  return children === found.children
    ? tree
    : tree.map(other => (other === node ? { line: node.line, children } : other))
}

function put(children: CliTree, parents: readonly string[], { line, children: below }: CliBranch): CliTree {
  const key = cliKey(parents, line)
  const before = cliIndex(parents, children).get(key)
  const { negative, positive } = signed(line)
  // `no X` of a line that is off by default leaves nothing behind.
  if (negative && !isDefaultOn(parents, positive) && !before?.line.startsWith('no '))
    return remove(children, parents, positive)
  const node: CliNode = {
    line,
    children: below ?? (before?.line === line || isContext(before) ? (before?.children ?? []) : []),
  }
  return before ? children.map(other => (other === before ? node : other)) : [...children, node]
}

function isContext(node: CliNode | undefined): boolean {
  return node !== undefined && node.children.length > 0
}

function remove(children: CliTree, parents: readonly string[], line: string): CliTree {
  const before = cliIndex(parents, children).get(cliKey(parents, line))
  return before ? children.filter(node => node !== before) : children
}
