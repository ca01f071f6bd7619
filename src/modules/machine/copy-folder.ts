import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { ActionContext, ActionResult } from '../../model/module.ts'
import { placeFile, type WantedFile } from './place-file.ts'

/**
 * Copies all files below a folder. As in Ansible, `src: conf` becomes `dest/conf/…` and `src: conf/` becomes `dest/…`; empty folders are
 * left out. Stops at the first file that cannot be placed.
 */
export async function copyFolder(
  context: ActionContext,
  { source, written, dest, ...options }: Omit<WantedFile, 'content' | 'name'> & { source: string; written: string },
): Promise<ActionResult> {
  const top = written.endsWith('/') ? dest : join(dest, basename(source))
  const entries = readdirSync(source, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()
  const diff = []
  let changed = false
  for (const file of files) {
    const folder = join(top, relative(source, dirname(file)))
    const wanted = { ...options, dest: `${folder}/`, name: file, content: readFileSync(file) }
    const result = await placeFile(context, wanted)
    if (result.failure) return { ...result, changed }
    changed ||= result.changed === true
    diff.push(...(result.diff ?? []))
  }
  return { changed, values: { dest, src: source }, ...(diff.length > 0 ? { diff } : {}) }
}
