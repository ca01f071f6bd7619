import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import { LARGEST_FILE } from '../../model/machine.ts'
import type { ArgFiles, SourceFile, SourceFolder } from '../../model/module.ts'
import { findFile } from './find-file.ts'
import type { Scene } from './scene.ts'

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
    template(name, options) {
      const path = find('templates', name)
      return { path, text: templar.renderFile(path, variables, options) }
    },
    bytes: (folder, name) => sourceAt(find(folder, name)),
  }
}

function sourceAt(path: string): SourceFile | SourceFolder {
  try {
    return statSync(path).isDirectory() ? { path, files: filesBelow(path) } : fileAt(path, path)
  } catch (error) {
    if (error instanceof FailureError) throw error
    throw new FailureError({ code: 'invalid', message: `The file ${path} could not be read.` }, error)
  }
}

function filesBelow(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()
    .map(file => fileAt(file, relative(folder, file)))
}

function fileAt(file: string, path: string): SourceFile {
  const found = statSync(file)
  if (!found.isFile()) throw new FailureError({ code: 'failed', message: `${file} is not a regular file.` })
  if (found.size > LARGEST_FILE) {
    const message = `${file} is larger than ${LARGEST_FILE / 1024 / 1024} MiB, which is the most that weft keeps of one file.`
    throw new FailureError({ code: 'invalid', message, remedy: 'Fetch large files with a command on the machine.' })
  }
  return { path, bytes: readFileSync(file), mode: found.mode & 0o7777 }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new FailureError({ code: 'invalid', message: `The file ${path} could not be read.` }, error)
  }
}
