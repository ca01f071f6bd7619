import { existsSync } from 'node:fs'

/** One thing looked at. `warn` does not fail the doctor: it matters only for some playbooks. */
export interface Check {
  readonly about: string
  readonly state: 'ok' | 'warn' | 'bad'
  readonly found: string
  readonly remedy?: string
}

/** Node, git, kubectl and the ssh agent of this machine. */
export async function checkMachine(environment: NodeJS.ProcessEnv): Promise<Check[]> {
  const [git, kubectl] = await Promise.all([
    runTool('git', ['--version']),
    runTool('kubectl', ['version', '--client', '--output=json']),
  ])
  return [checkNode(), checkGit(git), checkKubectl(kubectl), checkAgent(environment)]
}

function checkNode(): Check {
  const good = Number(process.versions.node.split('.')[0]) >= 24
  return {
    about: 'node',
    state: good ? 'ok' : 'bad',
    found: process.version,
    ...(good ? {} : { remedy: 'Install Node.js 24 or newer.' }),
  }
}

function checkGit(answer: string | null): Check {
  if (answer) return { about: 'git', state: 'ok', found: answer.replace('git version ', '').trim() }
  return { about: 'git', state: 'warn', found: 'not found', remedy: 'Install git: playbooks live in a repository.' }
}

/** Server-side apply that weft relies on is in kubectl since 1.20. */
function checkKubectl(answer: string | null): Check {
  const version = /"gitVersion":\s*"v(\d+)\.(\d+)[^"]*"/.exec(answer ?? '')
  if (!version) {
    return {
      about: 'kubectl',
      state: 'warn',
      found: 'not found',
      remedy: 'Install kubectl 1.20 or newer: the k8s modules run it.',
    }
  }
  const good = Number(version[1]) > 1 || Number(version[2]) >= 20
  return {
    about: 'kubectl',
    state: good ? 'ok' : 'bad',
    found: `${version[1]}.${version[2]}`,
    ...(good ? {} : { remedy: 'Install kubectl 1.20 or newer: older ones have no server-side apply.' }),
  }
}

function checkAgent(environment: NodeJS.ProcessEnv): Check {
  const socket = environment.SSH_AUTH_SOCK
  if (socket && existsSync(socket)) return { about: 'ssh agent', state: 'ok', found: 'running' }
  return {
    about: 'ssh agent',
    state: 'warn',
    found: 'none',
    remedy: 'Only needed for keys in an agent: eval "$(ssh-agent)" && ssh-add',
  }
}

/** A tool's standard output, or null when it is missing or fails. */
async function runTool(name: string, words: readonly string[]): Promise<string | null> {
  const { execFile } = await import('node:child_process')
  return new Promise(resolve => {
    execFile(name, words, { timeout: 10_000 }, (error, stdout) => resolve(error ? null : stdout))
  })
}
