import * as z from 'zod'
import type { MachineRead } from '../../model/machine.ts'
import type { ActionModule } from '../../model/module.ts'
import type { Variables } from '../../model/value.ts'
import { number, text, texts } from '../argument.ts'

const Args = z.strictObject({
  gather_subset: texts.optional().describe('Accepted; the facts are few anyway.'),
  gather_timeout: number.optional(),
  filter: texts.optional(),
  fact_path: text.optional(),
})
type Args = z.infer<typeof Args>

/** Facts of a machine; those of devices come from nxos_facts and the like. */
export const setup: ActionModule<Args> = {
  name: 'setup',
  kind: 'linux',
  aliases: ['gather_facts'],
  summary: 'Gathers facts of the host (for switches, APICs and clusters: of the machine that weft runs on)',
  args: Args,
  changes: false,
  examples: [{ title: 'By hand', yaml: 'setup:' }],
  returns: { ansible_facts: 'system, hostname, architecture, date_time, …' },
  async run(context, args) {
    const subset = args.gather_subset ?? ['all']
    const wanted = !subset.includes('!all') || !subset.includes('!min')
    const facts: Variables = {
      gather_subset: subset,
      module_setup: true,
      ...(wanted ? await gather(await context.read('linux')) : {}),
    }
    const named = Object.fromEntries(Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]))
    return { values: { ansible_facts: named }, effects: { gathered: facts } }
  },
}

const VARIABLES = ['HOME', 'USER', 'LANG', 'TZ', 'PATH', 'PWD', 'SHELL']

async function gather(read: MachineRead): Promise<Variables> {
  const [facts, env] = await Promise.all([read.facts(), read.environment(VARIABLES)])
  const now = new Date()
  return {
    system: facts.system,
    os_family: facts.system,
    hostname: facts.name.split('.')[0] ?? facts.name,
    nodename: facts.name,
    fqdn: facts.name,
    kernel: facts.release,
    architecture: facts.architecture,
    ...(facts.processors === null ? {} : { processor_vcpus: facts.processors }),
    ...(facts.memoryMegabytes === null ? {} : { memtotal_mb: facts.memoryMegabytes }),
    user_id: facts.user,
    env,
    date_time: {
      iso8601: now.toISOString(),
      date: now.toISOString().slice(0, 10),
      epoch: String(Math.floor(now.getTime() / 1000)),
    },
    ...pythonFacts(facts.python),
  }
}

function pythonFacts(version: string | null): Variables {
  if (version === null) return {}
  const [major = 3, minor = 0, micro = 0] = version.split('.').map(Number)
  return { python: { version: { major, minor, micro } }, python_version: `${major}.${minor}.${micro}` }
}
