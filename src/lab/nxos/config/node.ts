/**
 * A line of the configuration that a switch holds. `key` names it among its siblings (equal to the line unless it is a
 * singleton), `rank` is its place in the printed order. Nodes never change, so that a checkpoint costs nothing and
 * switches with equal parts share them.
 */
export interface ConfigNode {
  readonly line: string
  readonly key: string
  readonly rank: number
  readonly children: Config
}
export type Config = readonly ConfigNode[]

const empty: Config = []
const natural = new Intl.Collator('en', { numeric: true })

/** The children of the context that a path of keys leads to; empty when it does not exist. */
export function childrenAt(config: Config, path: readonly string[]): Config {
  return path.reduce((level, key) => level.find(node => node.key === key)?.children ?? empty, config)
}

/** The node at a path of keys. */
export function nodeAt(config: Config, path: readonly string[]): ConfigNode | undefined {
  return childrenAt(config, path.slice(0, -1)).find(node => node.key === path.at(-1))
}

/** The configuration with the children of one context changed. A path that does not exist changes nothing. */
export function changeAt(config: Config, path: readonly string[], change: (children: Config) => Config): Config {
  const [key, ...rest] = path
  if (key === undefined) return change(config)
  const index = config.findIndex(node => node.key === key)
  const node = config[index]
  if (!node) return config
  const children = changeAt(node.children, rest, change)
  return children === node.children ? config : config.with(index, { ...node, children })
}

/** Adds a line, or gives the line with its key a new text; its children stay. */
export function putNode(children: Config, wanted: Omit<ConfigNode, 'children'>): Config {
  const index = children.findIndex(node => node.key === wanted.key)
  const present = children[index]
  if (present)
    return present.line === wanted.line ? children : children.with(index, { ...wanted, children: present.children })
  return children.toSpliced(placeFor(children, wanted), 0, { ...wanted, children: empty })
}

/** Removes the lines with this key. */
export function dropNode(children: Config, key: string): Config {
  const kept = children.filter(node => node.key !== key)
  return kept.length === children.length ? children : kept
}

/** Among its equals by number and name; else before the first line that NX-OS prints later. */
function placeFor(children: Config, wanted: Omit<ConfigNode, 'children'>): number {
  const before = children.findLastIndex(node => node.rank === wanted.rank && natural.compare(node.key, wanted.key) < 0)
  if (before >= 0) return before + 1
  const later = children.findIndex(node => node.rank >= wanted.rank)
  return later < 0 ? children.length : later
}
