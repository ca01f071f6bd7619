import { parseCli } from '../../../diff/cli/tree.ts'
import type { CliNode, CliTree } from '../../../model/nxos.ts'
import { isMismatch, type Match, matchLine } from '../grammar/match.ts'
import { modeNamed } from '../grammar/modes.ts'
import type { CompiledRule, Mode } from '../grammar/rule.ts'
import type { Config, ConfigNode } from './node.ts'
import { rewriteLine } from './rewrite.ts'
import { vlanListKey } from './vlan-list.ts'

/**
 * Reads a start configuration. Lines that the grammar knows get their keys, so that commands replace and remove them;
 * every other line is taken as it stands.
 */
export function loadConfig(text: string): Config {
  const loaded = loadLevel(parseCli(text), modeNamed('config'))
  const list = loaded.findIndex(node => /^vlan [\d,-]+$/.test(node.line) && node.children.length === 0)
  const node = loaded[list]
  return node ? loaded.with(list, { ...node, key: vlanListKey, rank: node.rank - 0.5 }) : loaded
}

/** The key of a line in a mode: what names it among its siblings. */
export function keyOf(match: Match<CompiledRule>): string {
  const named =
    match.value >= 0
      ? match.words.slice(0, match.value)
      : match.inner >= 0
        ? match.words.slice(0, match.inner)
        : match.words
  return named.join(' ')
}

function loadLevel(tree: CliTree, mode: Mode | null): Config {
  const nodes: ConfigNode[] = []
  for (const node of tree) {
    const rank = nodes.at(-1)?.rank ?? 0
    const loaded = mode ? loadKnown(node, mode) : null
    const next = loaded ?? { line: node.line, key: node.line, rank, children: loadLevel(node.children, null) }
    nodes.push(shared(next))
  }
  return nodes
}

function loadKnown(node: CliNode, mode: Mode): ConfigNode | null {
  const negated = node.line.startsWith('no ')
  const match = matchLine(negated ? node.line.slice(3) : node.line, mode.rules)
  if (isMismatch(match) || match.rule.stores === 'never') return null
  if (negated && (match.rule.stores ?? 'yes') === 'yes') return null
  const inside = match.rule.enter === undefined ? null : modeNamed(match.rule.enter)
  if (match.inner >= 0) return loadOneLine(node, match, inside)
  const rewritten = rewriteLine(match.rule, match.words)
  const line = rewritten ?? node.line
  return { line, key: keyOf(match), rank: match.rule.rank, children: loadLevel(node.children, inside) }
}

/** NX-OS before 7.0(3) wrote `neighbor 10.1.1.1 remote-as 65001` on one line. */
function loadOneLine(node: CliNode, match: Match<CompiledRule>, inside: Mode | null): ConfigNode {
  const line = match.words.slice(0, match.inner).join(' ')
  const first: CliNode = { line: match.words.slice(match.inner).join(' '), children: [] }
  return { line, key: line, rank: match.rule.rank, children: loadLevel([first, ...node.children], inside) }
}

/** Equal leaves are one object in the whole process: hundreds of switches hold the same thousands of lines. */
function shared(node: ConfigNode): ConfigNode {
  if (node.children.length > 0) return node
  const name = `${node.rank} ${node.key} ${node.line}`
  const known = leaves.get(name)
  if (known) return known
  if (leaves.size < mostShared) leaves.set(name, node)
  return node
}

const leaves = new Map<string, ConfigNode>()
const mostShared = 50_000
