import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../../src/inventory/yaml/read.ts'
import type { Outcome } from '../../src/model/intent.ts'
import type { ActionContext, ActionModule, ActionResult } from '../../src/model/module.ts'
import { writtenScope } from '../../src/model/scope.ts'
import { createTemplar } from '../../src/playbook/template/template.ts'
import { here } from '../support/here.ts'

/** Runs an action module by itself, on arguments as a playbook gives them. */
export async function act<Args>(
  module: ActionModule<Args>,
  args: unknown,
  { folder = '.', variables = {}, ...more }: Partial<ActionContext> & { folder?: string } = {},
): Promise<ActionResult> {
  const templar = createTemplar({ folders: [folder] })
  const scope = writtenScope(variables)
  const context: ActionContext = {
    host: 'here',
    variables,
    check: false,
    diff: false,
    findFile(kind, name) {
      const found = [join(folder, kind, name), join(folder, name)].find(path => existsSync(path))
      if (!found) throw new Error(`could not find ${name}`)
      return found
    },
    broken: that => templar.broken(that, scope),
    evaluate: expression => templar.evaluate(expression, scope),
    renderFile: (file, options = {}) => templar.renderFile(file, scope, options),
    untrustedIn: () => null,
    parse: (text, file) => parseYaml(text, file)[0]?.value ?? null,
    environment: {},
    read: async kind => (await here(kind)).read as never,
    async door(wish) {
      if (more.check) return { state: 'shut' }
      const device = await here(wish.kind)
      const [outcome] = await device.write([{ ...wish, id: 'it', differences: [] } as never])
      return outcome as Outcome
    },
    signal: new AbortController().signal,
    ...more,
  }
  return module.run(context, module.args.parse(args))
}
