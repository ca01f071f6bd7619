import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { ActionContext } from '../../model/module.ts'
import { runProcess } from './process.ts'
import { wordsOf } from './words.ts'

/**
 * Asks a program whether content is good before it is put in its place: `%s` in the command stands for a file that only the user can read.
 * Null when it is. Throws FailureError (invalid) without a %s.
 */
export async function whyInvalid(context: ActionContext, command: string, content: Buffer): Promise<Failure | null> {
  if (!command.includes('%s')) {
    throw new FailureError({ code: 'invalid', message: `validate must contain %s: ${command}` })
  }
  const folder = mkdtempSync(join(tmpdir(), 'weft-validate-'))
  try {
    const file = join(folder, 'content')
    writeFileSync(file, content, { mode: 0o600 })
    const { failure, values } = await runProcess(context, { command: wordsOf(command.replaceAll('%s', file)) })
    if (!failure) return null
    const said = `${values?.stdout ?? ''}\n${values?.stderr ?? ''}`.trim()
    return {
      code: 'failed',
      message: `failed to validate: '${command}' does not accept the new content.`,
      ...(said === '' ? {} : { device: { said } }),
      aftermath: 'The file is as it was before.',
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
