import { relative } from 'node:path'
import { formatPosition, type Position } from '../model/position.ts'

/** 'playbook.yml:12:5': a place as the user would name it, from the folder that weft was started in. */
export function where({ options }: { readonly options: { readonly folder: string } }, at: Position): string {
  const { file, line, column } = at
  return formatPosition({ file: relative(options.folder, file), line, column })
}
