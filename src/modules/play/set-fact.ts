import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { anything, flag } from '../argument.ts'

const NAME = /^[A-Za-z_]\w*$/
const Args = z
  .object({ cacheable: flag.optional().describe('Accepted; facts live as long as the run.') })
  .catchall(anything)
  .superRefine((args, check) => {
    for (const name of Object.keys(args).filter(key => !NAME.test(key))) {
      check.addIssue({ code: 'custom', path: [name], message: `'${name}' is not a valid variable name` })
    }
    if (Object.keys(args).length === 0) check.addIssue({ code: 'custom', message: 'no variable to set is given' })
  })
type Args = z.infer<typeof Args>

/** Sets variables of the host for the rest of the run. */
export const setFact: ActionModule<Args> = {
  name: 'set_fact',
  summary: 'Sets variables of the host for the rest of the run',
  args: Args,
  changes: false,
  examples: [{ title: 'Keep a value', yaml: 'set_fact: {peer_count: "{{ peers | length }}"}' }],
  returns: { ansible_facts: 'the variables' },
  async run(_context, { cacheable: _, ...facts }) {
    const kept = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, truthOf(value as Value)]))
    return { values: { ansible_facts: kept }, effects: { facts: kept }, shown: kept }
  },
}

/** 'yes' and 'no' as text become booleans, at the top level only: a template cannot yield a boolean otherwise (as in Ansible). */
function truthOf(value: Value): Value {
  if (typeof value !== 'string' || !/^(true|false|yes|no)$/i.test(value)) return value
  return /^(true|yes)$/i.test(value)
}
