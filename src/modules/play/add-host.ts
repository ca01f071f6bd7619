import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import type { Value, Variables } from '../../model/value.ts'
import { anything, text, texts } from '../argument.ts'

const Args = z
  .object({
    name: text.optional().describe('The host; also called hostname or host.'),
    hostname: text.optional(),
    host: text.optional(),
    groups: texts.optional().describe('Groups that it joins, created if they are new; also called group or groupname.'),
    group: texts.optional(),
    groupname: texts.optional(),
  })
  .catchall(anything)
  .refine(args => args.name ?? args.hostname ?? args.host, { message: "missing required argument 'name'" })
type Args = z.infer<typeof Args>

/** Adds a host to the inventory of this run, or variables and groups to one that is there. */
export const addHost: ActionModule<Args> = {
  name: 'add_host',
  summary: 'Adds a host (with groups and variables) to the inventory of this run',
  args: Args,
  changes: false,
  once: true,
  examples: [{ title: 'A node found on the way', yaml: 'add_host: {name: node7, groups: [workers], rack_id: 2}' }],
  async run(_context, args) {
    const { name, hostname, host, groups, group, groupname, ...rest } = args
    const added = {
      name: (name ?? hostname ?? host) as string,
      groups: groups ?? group ?? groupname ?? [],
      variables: rest as Variables,
    }
    return {
      values: { add_host: { host_name: added.name, groups: added.groups, host_vars: rest as Value } },
      effects: { addHost: added },
    }
  },
}
