import { connect as dial } from 'node:net'
import { endpointOf, platformOf } from '../../connection/endpoint.ts'
import { hostOf } from '../../inventory/grow.ts'
import type { Device } from '../../model/device.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { Kind } from '../../model/kind.ts'
import { layered, type Scope, written } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { warnOfUnchecked } from '../checks/unchecked.ts'
import { emit } from '../emit.ts'
import type { Scene } from '../task/perform.ts'
import { rememberSecrets } from '../variables/secrets.ts'
import { connectionNames, hostVariables } from '../variables/variables.ts'
import { endpointFor } from './endpoint-for.ts'

/** The device behind a task's host (or its delegate), opened at first use and shared by the whole run. */
export function deviceFor<K extends Kind>(scene: Scene, kind: K, overrides: Variables = {}): Promise<Device<K>> {
  const { run } = scene.playRun
  const source = connectionSource(scene)
  const endpoint = endpointFor(scene, { kind, source, overrides, rendered: () => renderedConnection(scene, source) })
  if (endpoint.password) run.mask.add(endpoint.password)
  if (endpoint.passphrase) run.mask.add(endpoint.passphrase)
  warnOfUnchecked(run, endpoint)
  const { host } = scene
  return run.devices.open({
    host,
    kind,
    endpoint,
    progress: (step, text) => emit(run, { event: 'host-progress', host, step, text }),
  })
}

/**
 * Why a module that works on files and processes cannot do so on this host; null when the host is this machine, or a device (whose
 * files and processes are this machine's, as with Ansible's network_cli).
 */
export async function whyNotHere(scene: Scene): Promise<Failure | null> {
  const name = scene.delegate ?? scene.host
  const variables = connectionVariables(scene)
  if (platformOf(name, variables) !== undefined) return null
  const endpoint = endpointOf(name, variables, 'local')
  const port = endpoint.port ?? 22
  const refusal = await whyClosed(endpoint.address, port, (endpoint.timeoutSeconds ?? 10) * 1000)
  if (refusal) {
    return {
      code: 'unreachable',
      message: `${name} is unreachable: ${endpoint.address} port ${port} ${refusal}.`,
      remedy: 'Check ansible_host and ansible_port, or set `ansible_connection: local` if this machine is meant.',
    }
  }
  return {
    code: 'unsafe',
    message: `${scene.placed.task.action} would have to run on ${name}, which weft cannot do yet: it runs programs on this machine only.`,
    remedy: 'Add `delegate_to: localhost`, or set `ansible_connection: local` for this host.',
  }
}

/** ansible_* and weft_* variables of the host that the task acts on, rendered; task and play variables win, as in Ansible. */
function connectionVariables(scene: Scene): Variables {
  return renderedConnection(scene, connectionSource(scene))
}

function connectionSource(scene: Scene): Scope {
  return scene.delegate === null ? scene.variables : delegateVariables(scene, scene.delegate)
}

function renderedConnection(scene: Scene, source: Scope): Variables {
  const rendered = scene.templar.valuesOf(connectionNames(source), source)
  rememberSecrets(scene.playRun.run.mask, rendered)
  return rendered
}

/** The delegate's own variables, and those of the task itself: `vars: {ansible_connection: local}` counts. */
function delegateVariables(scene: Scene, delegate: string): Scope {
  const { run } = scene.playRun
  const known = hostVariables(run, delegate) ?? written(hostOf(run.inventory, delegate)?.variables ?? {})
  return layered([known, written(scene.placed.task.vars), written(run.options.extraVars)])
}

function whyClosed(address: string, port: number, timeout: number): Promise<string | null> {
  return new Promise(resolve => {
    const socket = dial({ host: address, port, timeout })
    const end = (why: string | null) => {
      socket.destroy()
      resolve(why)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('did not answer: connection timed out'))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code === 'ECONNREFUSED' ? 'refused the connection' : `cannot be reached (${error.code})`)
    })
  })
}

export function unknownModule(action: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `weft has no module '${action}'.`,
    remedy: 'See `weft modules` for those it has.',
  })
}
