import { spawn } from 'node:child_process'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the real command as a user would, in `folder`; resolves when it has ended. */
export function weft(
  words: readonly string[],
  { folder = process.cwd(), environment = {} }: { folder?: string; environment?: Record<string, string> } = {},
): Promise<Ended> {
  const entry = new URL('../../bin/weft.js', import.meta.url).pathname
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: folder,
    env: { ...withoutColour(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, out, err }))
  })
}

function withoutColour({ FORCE_COLOR: _, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...rest, NO_COLOR: '1' }
}
