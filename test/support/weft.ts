import { type ChildProcess, spawn } from 'node:child_process'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Surroundings {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Behind the wrapper that stands in where npm runs on an older Node. */
  readonly wrapped?: boolean
  /** A file for standard output, instead of a pipe. */
  readonly out?: number
}

export interface Started {
  readonly ended: Promise<Ended>
  /** Resolves when standard output holds the text; rejects when the command ends before. */
  says(text: string): Promise<void>
  signal(name: NodeJS.Signals): void
  /** As a terminal does it: to the process and all that it started. */
  signalAll(name: NodeJS.Signals): void
}

const WRAPPER = `import(${JSON.stringify(new URL('../../bin/local-node.js', import.meta.url).href)})
  .then(({ standInFor }) => standInFor(process.execPath, process.argv.slice(1)))`

/** Runs the real command as a user would, in `folder`; resolves when it has ended. */
export function weft(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return startWeft(words, surroundings).ended
}

/** Starts the real command, to be interrupted. */
export function startWeft(words: readonly string[], surroundings: Surroundings = {}): Started {
  const { folder, environment, wrapped, out } = surroundings
  const entry = new URL('../../bin/weft.js', import.meta.url).pathname
  const child = spawn(process.execPath, [...(wrapped ? ['-e', WRAPPER, '--'] : []), entry, ...words], {
    cwd: folder ?? process.cwd(),
    env: { ...withoutColour(process.env), ...environment },
    stdio: ['ignore', out ?? 'pipe', 'pipe'],
    // A process group of its own, as a shell's jobs are.
    detached: true,
    // A command that hangs must not hang the tests.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', text => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', text => {
    said.err += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, ...said }))
  })
  return {
    ended,
    says: text => heard(child, () => said.out.includes(text)),
    signal: name => void child.kill(name),
    signalAll: name => void process.kill(-(child.pid as number), name),
  }
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
