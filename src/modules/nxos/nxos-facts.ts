import * as z from 'zod'
import { FailureError } from '../../model/failure.ts'
import type { ActionModule } from '../../model/module.ts'
import type { NxosRead } from '../../model/nxos.ts'
import type { Value } from '../../model/value.ts'
import { texts } from '../argument.ts'
import { answerSecrets } from './answer-secrets.ts'
import { nxosConnectionArguments, nxosConnectionSecrets, nxosConnectionVariables } from './connection.ts'
import { FACT_SUBSETS, factSubsets } from './fact-subsets.ts'

const Args = z.strictObject({
  gather_subset: texts
    .default(['!config'])
    .refine(
      names => names.every(name => FACT_NAMES.has(name.replace(/^!/, ''))),
      `allowed are all, min, ${Object.keys(FACT_SUBSETS).join(', ')}, each also with ! in front`,
    )
    .describe('What to gather: all, min, hardware, interfaces, features, vpc, config; !name leaves one out.'),
  gather_network_resources: texts.optional().describe('Accepted; weft gathers none.'),
  ...nxosConnectionArguments,
})
type Args = z.infer<typeof Args>

const FACT_NAMES = new Set(['all', 'min', 'default', 'legacy', ...Object.keys(FACT_SUBSETS)])

/** Facts about a switch, as ansible_net_*. */
export const nxosFacts: ActionModule<Args> = {
  name: 'nxos_facts',
  aliases: ['cisco.nxos.nxos_facts'],
  kind: 'nxos',
  changes: false,
  summary: 'Gathers facts about an NX-OS switch: version, model, serial, features, interfaces, vPC',
  args: Args,
  examples: [
    { title: 'All but the configuration', yaml: 'nxos_facts:' },
    { title: 'Only the vPC', yaml: 'cisco.nxos.nxos_facts: {gather_subset: [min, vpc]}' },
  ],
  returns: {
    ansible_facts:
      'ansible_net_version, _model, _serialnum, _hostname, _image, _features_enabled, _interfaces, _vpc, _config …',
  },
  connection: nxosConnectionVariables,
  async run(context, args) {
    const read = await context.read('nxos', nxosConnectionVariables(args))
    const names = factSubsets(args.gather_subset)
    const found: Record<string, Value> = {
      ansible_net_gather_subset: names,
      ansible_net_api: 'cliconf',
      ansible_net_system: 'nxos',
    }
    for (const name of names) Object.assign(found, prefixed(await gather(read, name)))
    const secrets = answerSecrets('', found.ansible_net_config ?? '')
    return { changed: false, values: { ansible_facts: found }, effects: { facts: found }, secrets }
  },
  secrets: nxosConnectionSecrets,
}

/** A feature that is off has no facts; everything else that goes wrong is a failure. */
async function gather(read: NxosRead, name: string): Promise<Readonly<Record<string, Value>>> {
  const subset = FACT_SUBSETS[name]
  if (!subset) return {}
  try {
    return await subset.gather(read)
  } catch (error) {
    if (subset.optional && error instanceof FailureError && error.failure.code === 'rejected') return {}
    throw error
  }
}

function prefixed(facts: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_net_${name}`, value]))
}
