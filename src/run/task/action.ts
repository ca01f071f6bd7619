import { parseYaml } from '../../inventory/yaml/read.ts'
import type { Outcome } from '../../model/intent.ts'
import type { Kind } from '../../model/kind.ts'
import type { ActionContext, ActionModule, ActionResult, Wish } from '../../model/module.ts'
import type { Variables } from '../../model/value.ts'
import { isMapping } from '../../model/value.ts'
import { failureOf } from '../interrupted.ts'
import { deviceFor } from '../target/connect.ts'
import { rememberSecrets } from '../variables/secrets.ts'
import { untrustedIn } from '../variables/trusted-file.ts'
import { argumentsOf } from './arguments.ts'
import { findFile } from './find-file.ts'
import { environmentsOf } from './inherit.ts'
import { intentOf } from './intent-of.ts'
import { failedRound, type Round } from './result.ts'
import type { Scene } from './scene.ts'

/** One round of an action module. Arguments that cannot be rendered throw; what the action itself meets is its result. */
export async function act(module: ActionModule, scene: Scene): Promise<Round> {
  const args = argumentsOf(scene, module)
  try {
    const overrides = module.connection?.(args) ?? {}
    const result = await module.run(contextFor(scene, module, overrides), args)
    for (const secret of result.secrets ?? []) scene.playRun.run.mask.add(secret)
    return roundOf(result)
  } catch (error) {
    return failedRound(failureOf(error))
  }
}

function roundOf(result: ActionResult): Round {
  const values = result.values ?? {}
  const changed = result.changed ?? false
  const said = result.failure && values.msg === undefined ? { msg: result.failure.message } : {}
  const shown = result.shown === undefined ? {} : { shown: result.shown }
  return {
    values: { ...values, ...said, changed, ...(result.skipped ? { skipped: true } : {}) },
    changed,
    ...(result.skipped ? { skipped: true } : {}),
    ...(result.failure ? { failure: result.failure } : {}),
    ...(result.diff ? { diff: result.diff } : {}),
    ...(result.effects ? { effects: result.effects } : {}),
    ...shown,
  }
}

function contextFor(scene: Scene, module: ActionModule, overrides: Variables): ActionContext {
  const { templar, variables, placed } = scene
  const { options } = scene.playRun.run
  return {
    host: scene.host,
    variables: variables.values,
    check: scene.check && !(scene.insists && options.allowInPlan?.includes(module.name)),
    diff: scene.diff,
    findFile: (folder, name) => findFile(placed.task.folders, folder, name),
    broken: that => templar.broken(that, variables),
    evaluate: expression => templar.evaluate(expression, variables),
    renderFile: (file, options = {}) => templar.renderFile(file, variables, options),
    untrustedIn: files => untrustedIn(files, scene.playRun.run.trust, placed.task.folders),
    parse: (text, file) => parseYaml(text, file)[0]?.value ?? null,
    get environment() {
      return environmentOf(scene)
    },
    read: async (kind, more) => (await deviceFor(scene, kind, { ...overrides, ...more })).read,
    door: (wish, more) => passed(scene, wish, { ...overrides, ...more }),
    signal: scene.playRun.run.options.abort,
  }
}

/** An action's wish through the door. A device that cannot be reached is a failed wish. */
async function passed<K extends Kind>(scene: Scene, wish: Wish<K>, overrides: Variables): Promise<Outcome> {
  try {
    const device = await deviceFor(scene, wish.kind, overrides)
    const { title, commands, differences = [] } = wish
    const intent = intentOf(scene, device, { title, commands, differences })
    const [outcome = { state: 'unsent' }] = await scene.playRun.run.door.pass(device, [intent])
    return outcome
  } catch (error) {
    return { state: 'failed', failure: failureOf(error) }
  }
}

function environmentOf(scene: Scene): Record<string, string> {
  const written = environmentsOf(scene.placed, scene.playRun.play)
  const rendered = written.map(entry => scene.templar.render(entry, scene.variables)).filter(isMapping)
  for (const entry of rendered) rememberSecrets(scene.playRun.run.mask, entry)
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...rendered)).map(([name, value]) => [name, String(value)]),
  )
}
