import { type ChildProcess, spawn } from 'node:child_process'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Surroundings {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}

export interface Started {
  readonly ended: Promise<Ended>
  /** Resolves when standard output holds the text; rejects when the command ends before. */
  says(text: string): Promise<void>
  signal(name: NodeJS.Signals): void
}

/** Runs the real command as a user would, in `folder`; resolves when it has ended. */
export function weft(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return startWeft(words, surroundings).ended
}

/** Starts the real command, to be interrupted. */
export function startWeft(words: readonly string[], { folder, environment }: Surroundings = {}): Started {
  const entry = new URL('../../bin/weft.js', import.meta.url).pathname
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: folder ?? process.cwd(),
    env: { ...withoutColour(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A command that hangs must not hang the tests.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said.err += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, ...said }))
  })
  return { ended, says: text => heard(child, () => said.out.includes(text)), signal: name => void child.kill(name) }
}

function heard(child: ChildProcess, isSaid: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (isSaid()) resolve()
    }
    child.stdout?.on('data', look)
    child.once('close', () => reject(new Error('It ended before it said that.')))
    look()
  })
}

function withoutColour({ FORCE_COLOR: _, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...rest, NO_COLOR: '1' }
}
