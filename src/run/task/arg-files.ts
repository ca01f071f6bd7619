import { readFileSync } from 'node:fs'
import { FailureError } from '../../model/failure.ts'
import type { ArgFiles } from '../../model/module.ts'
import { findFile } from './find-file.ts'
import type { Scene } from './perform.ts'

/** The files that a task's arguments may name, looked up and rendered as this task sees them. */
export function argFilesOf({ placed, templar, variables }: Scene): ArgFiles {
  const find: ArgFiles['find'] = (folder, name) => findFile(placed.task.folders, folder, name)
  const read: ArgFiles['read'] = (folder, name) => {
    const path = find(folder, name)
    return { path, text: textOf(path) }
  }
  return {
    find,
    read,
    template(name) {
      const path = find('templates', name)
      return { path, text: templar.renderFile(path, variables) }
    },
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new FailureError({ code: 'invalid', message: `The file ${path} could not be read.` }, error)
  }
}
