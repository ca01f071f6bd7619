import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: number
}

/** Every .ts file below a folder of the project. */
export function sourceFiles(folder: string): SourceFile[] {
  const root = process.cwd()
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => {
      const file = join(entry.parentPath, entry.name)
      const text = readFileSync(file, 'utf8')
      return { path: relative(root, file), text, lines: text.split('\n').length - 1 }
    })
}

/** The relative paths that a file imports at run time. Type-only imports cost nothing and are not counted. */
export function importedPaths({ text }: SourceFile): string[] {
  const withoutTypes = text.replace(/import type [^;]*?from '[^']+'/gs, '').replace(/typeof import\('[^']+'\)/g, '')
  return [...withoutTypes.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match => match[1] as string)
}
