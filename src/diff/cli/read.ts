import type { CliNode, CliTree } from '../../model/nxos.ts'
import { remembered } from '../../model/remembered.ts'
import { canonicalLine } from './canonical.ts'
import { mergedNodes, normalCli, normalLine, normalNode } from './normal.ts'
import { bannerDelimiter, parseCli } from './tree.ts'

/**
 * A running-config as a normal tree: normalCli(parseCli(text)). The switches of a fabric say mostly the same, so each block is read once, and
 * its nodes are shared: what is found out about them (keys, lines that are met) is known for every switch.
 */
export function readConfig(text: string): CliTree {
  // An indented banner may go on past the block that it is in.
  if (/[^\S\n]banner /.test(text)) return normalCli(parseCli(text))
  return mergedNodes(sectionsOf(text.replaceAll('\r\n', '\n')).flatMap(nodesOf), '')
}

const nodesOf = remembered(section => readBlock(section, '', ''))

/** The lines at the margin, each with what is below it; a banner goes on to its delimiter, whatever its lines look like. */
function sectionsOf(text: string): string[] {
  const sections: string[] = []
  let banner: string | null = null
  for (const part of text.split(/\n(?=[^\s!])/)) {
    if (banner !== null) sections.push(`${sections.pop()}\n${part}`)
    else sections.push(part)
    banner = openBanner(sections.at(-1) ?? '')
  }
  return sections
}

/** The delimiter that a section still waits for, or null. */
function openBanner(section: string): string | null {
  if (!section.startsWith('banner ')) return null
  const [first = '', ...rest] = section.split('\n')
  const delimiter = bannerDelimiter(first.trim())
  return delimiter !== null && !rest.some(line => line.includes(delimiter)) ? delimiter : null
}

/** A block within others is known by them too: the same words mean another thing elsewhere. */
const nodesWithin = remembered(key => {
  const end = key.indexOf('\n\n')
  const path = key.slice(0, end)
  return readBlock(key.slice(end + 2), path, canonicalLine(path.split('\n', 1)[0] as string))
})

/**
 * @param path the lines that the block is within
 * @param top the outermost of them, canonical
 */
function readBlock(block: string, path: string, top: string): readonly CliNode[] {
  const [first = '', ...rest] = block.split('\n')
  const head = first.trim()
  const parts = isLine(head) && !head.startsWith('banner ') ? partsOf(rest, indentOf(first)) : null
  if (parts === null) return parseCli(block).flatMap(node => normalNode(node, top))
  const inside = path === '' ? head : `${path}\n${head}`
  const nodes = (part: string, within: string) =>
    part.includes('\n') ? nodesWithin(`${inside}\n\n${part}`) : readBlock(part, inside, within)
  return normalLine(head, top, within =>
    mergedNodes(
      parts.flatMap(part => nodes(part, within)),
      within,
    ),
  )
}

/** The blocks below a line of that indent; null where they are not evenly indented. */
function partsOf(lines: readonly string[], outside: number): string[] | null {
  const parts: string[] = []
  let even = -1
  for (const line of lines) {
    if (!isLine(line.trim())) continue
    const indent = indentOf(line)
    if (even < 0) even = indent
    if (indent < even || indent <= outside) return null
    if (indent === even) parts.push(line)
    else parts.push(`${parts.pop()}\n${line}`)
  }
  return parts
}

/** Neither blank nor a comment. */
function isLine(trimmed: string): boolean {
  return trimmed !== '' && !trimmed.startsWith('!')
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
