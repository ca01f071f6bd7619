import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { text, texts } from '../argument.ts'

const Args = z.strictObject({
  key: text.describe('The group that the host joins.'),
  parents: texts.optional().describe('Groups that this group is in; all when not given.'),
})
type Args = z.infer<typeof Args>

/** Puts hosts into groups by what is known about them. */
export const groupBy: ActionModule<Args> = {
  name: 'group_by',
  summary: 'Puts the host into a group named after a value',
  args: Args,
  changes: false,
  examples: [{ title: 'One group per rack', yaml: 'group_by: {key: "rack_{{ rack_id }}"}' }],
  async run(_context, args) {
    const nameOf = (group: string) => group.replaceAll(' ', '-')
    const parents = (args.parents ?? ['all']).map(nameOf)
    return {
      values: { add_group: nameOf(args.key), parent_groups: parents },
      effects: { groupBy: { key: nameOf(args.key), parents } },
    }
  },
}
