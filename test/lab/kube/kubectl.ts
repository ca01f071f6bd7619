import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabCluster } from '../../../src/lab/kube/cluster.ts'
import { kubectlProgram } from '../../support/where.ts'

const BINARY = kubectlProgram()

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Kubectl {
  (args: readonly string[], input?: string | object): Promise<Ran>
  /** Standard output, parsed as JSON; fails where kubectl fails. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked at by the tests
  json(args: readonly string[], input?: string | object): Promise<any>
  readonly close: () => void
}

/** 32 for kubectl 1.32, 0 where there is none. */
export function minorOfKubectl(): number {
  const { stdout, status } = spawnSync(BINARY, ['version', '--client', '-o', 'json'], { encoding: 'utf8' })
  if (status !== 0) return 0
  return Number.parseInt(JSON.parse(stdout).clientVersion.minor, 10)
}

/** The real kubectl against a lab cluster, with a home and kubeconfig of its own. */
export function kubectlFor(cluster: LabCluster): Kubectl {
  const home = mkdtempSync(join(tmpdir(), 'weft-kubectl-'))
  const kubeconfig = join(home, 'kubeconfig')
  writeFileSync(kubeconfig, cluster.kubeconfig())
  const env = { PATH: process.env.PATH ?? '', HOME: home, KUBECONFIG: kubeconfig, TMPDIR: home }
  const kubectl = (args: readonly string[], input?: string | object): Promise<Ran> => run(args, env, input)
  return Object.assign(kubectl, {
    json: async (args: readonly string[], input?: string | object) => {
      const { code, out, err } = await kubectl([...args, '-o', 'json'], input)
      if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${err}`)
      return JSON.parse(out)
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  })
}

function run(args: readonly string[], env: NodeJS.ProcessEnv, input?: string | object): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(BINARY, args, { env })
    let [out, err] = ['', '']
    child.stdout.on('data', chunk => {
      out += chunk
    })
    child.stderr.on('data', chunk => {
      err += chunk
    })
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? -1, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(typeof input === 'object' ? JSON.stringify(input) : (input ?? ''))
  })
}
