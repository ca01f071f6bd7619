import type { CliNode, CliTree } from '../../model/nxos.ts'

interface Draft {
  line: string
  children: Draft[]
}

/**
 * Reads an indented NX-OS configuration as a tree. Comment lines ('!…'), blank lines and the header of
 * `show running-config` are left out; a `banner` keeps its lines as they are, as its children.
 */
export function parseCli(text: string): CliTree {
  const root: Draft[] = []
  const open: { indent: number; node: Draft }[] = []
  let banner: { node: Draft; delimiter: string } | null = null
  for (const raw of text.split(/\r?\n/)) {
    if (banner) {
      banner.node.children.push({ line: raw, children: [] })
      if (raw.includes(banner.delimiter)) banner = null
      continue
    }
    const line = raw.trim()
    if (line === '' || line.startsWith('!')) continue
    const indent = raw.length - raw.trimStart().length
    while (open.length > 0 && (open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const node: Draft = { line, children: [] }
    const parent = open.at(-1)
    ;(parent ? parent.node.children : root).push(node)
    open.push({ indent, node })
    const delimiter = bannerDelimiter(line)
    if (delimiter) banner = { node, delimiter }
  }
  return root
}

/** The delimiter of a banner that goes on in the next lines, or null. */
export function bannerDelimiter(line: string): string | null {
  const found = /^banner \S+ (\S)(.*)$/.exec(line)
  return found?.[1] !== undefined && !found[2]?.includes(found[1]) ? found[1] : null
}

/** A tree as NX-OS prints it: two blanks per level, the lines of a banner as they are. */
export function printCli(tree: CliTree, level = 0): string {
  return tree.map(node => `${'  '.repeat(level)}${node.line}\n${printBelow(node, level)}`).join('')
}

function printBelow({ line, children }: CliNode, level: number): string {
  return line.startsWith('banner ') ? children.map(child => `${child.line}\n`).join('') : printCli(children, level + 1)
}

/** The node below a path of lines, or undefined. */
export function findCli(tree: CliTree, path: readonly string[]): CliNode | undefined {
  const [first, ...rest] = path
  const node = tree.find(candidate => candidate.line === first)
  return rest.length === 0 || !node ? node : findCli(node.children, rest)
}
