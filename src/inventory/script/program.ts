import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import { readTextFile } from '../yaml/read.ts'
import type { Scripts } from './scripts.ts'

/**
 * Whether an inventory is a program, which is known before it is read as text: an executable file that begins with #! or is no text at all.
 * An executable YAML or INI file is none, as in Ansible. Throws FailureError (invalid) for a script that cannot be executed.
 */
export function isProgram(file: string): boolean {
  if (!statSync(file).isFile()) return false
  if (isExecutable(file)) {
    const head = headOf(file)
    return head === null || head.includes(0) || head.subarray(0, 2).toString('latin1') === '#!'
  }
  if (!readTextFile(file).startsWith('#!')) return false
  throw new FailureError({
    code: 'invalid',
    message: `${file} is a script, by its first line, and not executable.`,
    at: { file, line: 1, column: 1 },
    remedy: 'Make it executable (chmod +x), or remove its first line where the file is an inventory itself.',
  })
}

/** null for one that may be executed and not read. */
function headOf(file: string): Buffer | null {
  try {
    return readFileSync(file).subarray(0, 8192)
  } catch {
    return null
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Throws FailureError (unsafe) for a program that the operator has not allowed, or that is not what it was. */
export function refuseProgram(file: string, scripts: Scripts | undefined): void {
  const allowed = scripts?.allowed ?? false
  const real = realpathSync(file)
  const isAllowed = typeof allowed === 'boolean' ? allowed : allowed.some(each => isWithin(real, each))
  if (!isAllowed) {
    throw new FailureError({
      code: 'unsafe',
      message: `${file} is a script or program, and weft starts no inventory unless its operator allows it.`,
      at: { file, line: 1, column: 1 },
      remedy: `Allow it in your own settings (docs/settings.md): inventory_scripts: [${JSON.stringify(real)}]. Or save what it prints as a YAML inventory.`,
    })
  }
  const why = scripts?.whyNot?.(file) ?? null
  if (why === null) return
  throw new FailureError({
    code: 'unsafe',
    message: `The inventory ${file} is not started: it ${why}.`,
    remedy: 'What a run itself has written is started by a later command only, if you allow it.',
  })
}

function isWithin(real: string, place: string): boolean {
  try {
    const way = relative(realpathSync(place), real)
    return way !== '..' && !way.startsWith('../') && !isAbsolute(way)
  } catch {
    return false
  }
}
