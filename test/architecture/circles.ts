import { join } from 'node:path'
import type { SourceFile } from './source-files.ts'

/**
 * Groups of files that import each other round and round, each sorted; types count too, and what is loaded only when needed, for who
 * reads one must know all.
 */
export function circlesOf(files: readonly SourceFile[]): string[][] {
  const known = new Map(files.map(file => [file.path, allImports(file)]))
  const order = new Map<string, { index: number; low: number }>()
  const open: string[] = []
  const circles: string[][] = []
  // Tarjan's strongly connected components.
  const visit = (path: string): { low: number } => {
    const mine = { index: order.size, low: order.size }
    order.set(path, mine)
    open.push(path)
    for (const target of known.get(path) ?? []) {
      const seen = order.get(target)
      if (!known.has(target)) continue
      if (!seen) mine.low = Math.min(mine.low, visit(target).low)
      else if (open.includes(target)) mine.low = Math.min(mine.low, seen.index)
    }
    if (mine.low === mine.index) {
      const group = open.splice(open.indexOf(path))
      if (group.length > 1 || known.get(path)?.includes(path)) circles.push(group.toSorted())
    }
    return mine
  }
  for (const { path } of files) if (!order.has(path)) visit(path)
  return circles.toSorted((one, other) => (one[0] as string).localeCompare(other[0] as string))
}

/** Every file that a file names in an import, of types too and when needed only, as paths from the project's root. */
function allImports({ path, text }: SourceFile): string[] {
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(found => join(path, '..', found[1] as string))
}
