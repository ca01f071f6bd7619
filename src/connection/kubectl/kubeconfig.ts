import { readFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { FailureError } from '../../model/failure.ts'
import type { Guard } from '../../model/guard.ts'
import type { Endpoint } from '../../model/host.ts'
import { nearest } from '../../model/nearest.ts'
import { isMapping } from '../../model/value.ts'
import { fromHome } from '../home.ts'
import { refuseForeignLogin } from './foreign-login.ts'

/** Which cluster, as whom, fixed for a whole run: a `kubectl config use-context` elsewhere cannot redirect it. */
export interface Target {
  /** What every kubectl call starts with. */
  readonly flags: readonly string[]
  /** Set where KUBECONFIG lists several files, which no flag can say. */
  readonly environment: Readonly<Record<string, string>>
  readonly context: string
  /** Where objects without a namespace go. */
  readonly namespace: string
  /** URL of the API server; '' where the kubeconfig names none. */
  readonly server: string
}

/**
 * Reads the kubeconfig that an endpoint names (else KUBECONFIG, else ~/.kube/config) and settles on one context.
 * @throws FailureError invalid: file missing or unreadable, context unknown (with the known ones) or none chosen;
 * unsafe: a file of the repository's that would start a program, where `guard` does not let it.
 */
export async function targetOf(
  endpoint: Endpoint,
  environment: NodeJS.ProcessEnv = process.env,
  guard?: Guard,
): Promise<Target> {
  const files = filesOf(endpoint, environment)
  const configs = (await Promise.all(files.map(file => readConfig(file, files.length > 1)))).filter(isMapping)
  if (configs.length === 0) throw missing(files.join(', '))
  // What KUBECONFIG lists is the operator's own.
  if (guard && endpoint.kubeconfig && configs[0]) refuseForeignLogin(fromHome(endpoint.kubeconfig), configs[0], guard)
  const contexts = configs.flatMap(contextsOf)
  const current = configs.map(config => config['current-context']).find(name => typeof name === 'string' && name !== '')
  const wanted = endpoint.context ?? (typeof current === 'string' ? current : undefined)
  const found = contexts.find(context => context.name === wanted)
  if (!wanted || !found) throw unknownContext(endpoint, wanted, files, contexts)
  const asked = /^https?:\/\//.test(endpoint.address) ? endpoint.address : null
  const file = files.length === 1 ? ['--kubeconfig', files[0] ?? ''] : []
  return {
    flags: [...file, '--context', wanted, ...(asked === null ? [] : ['--server', asked])],
    environment: files.length > 1 ? { KUBECONFIG: files.join(delimiter) } : {},
    context: wanted,
    namespace: found.namespace,
    server: asked ?? serverOf(configs, found.cluster),
  }
}

/** As kubectl merges files: the first that names a cluster counts. */
function serverOf(configs: readonly Record<string, unknown>[], name: string): string {
  const listed = configs.flatMap(({ clusters }) => (Array.isArray(clusters) ? clusters.filter(isMapping) : []))
  const cluster = listed.find(entry => entry.name === name)?.cluster
  return isMapping(cluster) && typeof cluster.server === 'string' ? cluster.server : ''
}

function filesOf(endpoint: Endpoint, environment: NodeJS.ProcessEnv): readonly string[] {
  if (endpoint.kubeconfig) return [fromHome(endpoint.kubeconfig)]
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '')
  return listed.length > 0 ? listed : [fromHome('~/.kube/config')]
}

async function readConfig(file: string, optional: boolean): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && optional) return null
    if (code === 'ENOENT') throw missing(file)
    throw unreadable(file, code ?? 'unknown error')
  }
  const { load } = await import('js-yaml')
  try {
    return load(text) ?? {}
  } catch {
    // The parser's message quotes the file, which holds credentials.
    throw unreadable(file, 'it is not YAML')
  }
}

interface NamedContext {
  readonly name: string
  readonly namespace: string
  readonly cluster: string
}

function contextsOf(config: Record<string, unknown>): readonly NamedContext[] {
  const listed = Array.isArray(config.contexts) ? config.contexts.filter(isMapping) : []
  return listed.map(entry => {
    const { namespace, cluster } = isMapping(entry.context) ? entry.context : {}
    return {
      name: String(entry.name),
      namespace: typeof namespace === 'string' && namespace ? namespace : 'default',
      cluster: typeof cluster === 'string' ? cluster : '',
    }
  })
}

function missing(file: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `There is no kubeconfig at ${file}.`,
    remedy: 'Set weft_kubeconfig (and weft_context) on the host, or KUBECONFIG in the environment.',
  })
}

function unreadable(file: string, why: string): FailureError {
  return new FailureError({ code: 'invalid', message: `The kubeconfig ${file} cannot be read: ${why}.` })
}

function unknownContext(
  endpoint: Endpoint,
  wanted: string | undefined,
  files: readonly string[],
  contexts: readonly NamedContext[],
): FailureError {
  const names = contexts.map(context => context.name)
  const known = names.length > 0 ? `It knows: ${names.join(', ')}.` : 'It knows no context at all.'
  const near = wanted === undefined ? undefined : nearest(wanted, names)
  return new FailureError({
    code: 'invalid',
    message: wanted
      ? `The kubeconfig ${files.join(', ')} has no context '${wanted}'. ${known}`
      : `The kubeconfig ${files.join(', ')} has no current context, and none is set for ${endpoint.host}. ${known}`,
    remedy: near ? `Did you mean weft_context: ${near}?` : 'Set weft_context on the host to one of them.',
  })
}
