import { spawn, spawnSync } from 'node:child_process'

export interface Answer {
  readonly code: number | null
  readonly text: string
}

/** Runs a program nobody here wrote; output and errors together, as a person would read them. */
export function program(
  name: string,
  words: readonly string[],
  options: { environment?: Record<string, string>; folder?: string; input?: string } = {},
): Promise<Answer> {
  const child = spawn(name, words, {
    cwd: options.folder ?? process.cwd(),
    env: { ...process.env, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', part => {
      text += part
    })
  }
  child.stdin.end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, text }))
  })
}

/** Whether a program is on this machine. */
export function has(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
}
