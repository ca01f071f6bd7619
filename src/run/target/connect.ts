import { hostOf } from '../../inventory/grow.ts'
import type { Device } from '../../model/device.ts'
import { FailureError } from '../../model/failure.ts'
import type { Kind } from '../../model/kind.ts'
import { layered, type Scope, written } from '../../model/scope.ts'
import type { Variables } from '../../model/value.ts'
import { warnOfUnchecked } from '../checks/unchecked.ts'
import { emit } from '../emit.ts'
import type { Scene } from '../task/scene.ts'
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

function connectionSource(scene: Scene): Scope {
  return scene.delegate === null ? scene.variables : delegateVariables(scene, scene.delegate)
}

/** ansible_* and weft_* variables of the host that the task acts on, rendered; task and play variables win, as in Ansible. */
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

export function unknownModule(action: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `weft has no module '${action}'.`,
    remedy: 'See `weft modules` for those it has.',
  })
}
