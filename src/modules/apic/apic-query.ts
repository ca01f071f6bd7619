import * as z from 'zod'
import type { ApicAnswer } from '../../model/apic.ts'
import type { ActionModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { flag, text, texts } from '../argument.ts'
import { connectionArguments, connectionSecrets, connectionVariables } from './connection.ts'
import { imdataOf } from './imdata.ts'

const Args = z
  .strictObject({
    class: text.optional().describe('All objects of this class, below `dn` if that is given too.'),
    dn: text.optional().describe('The object at this dn.'),
    filter: text.optional().describe('Filter in APIC’s words: eq(bgpPeerEntry.operSt,"established").'),
    target: z
      .enum(['self', 'children', 'subtree'])
      .optional()
      .describe('Whether the objects below it are returned too (query-target).'),
    target_classes: texts.optional().describe('Return only objects of these classes.'),
    subtree: z.enum(['no', 'children', 'full']).optional().describe('Whether each object comes with what is below it.'),
    subtree_classes: texts.optional().describe('Below each object, only these classes.'),
    include: texts
      .optional()
      .describe('More about each object: faults, health, relations, count … (rsp-subtree-include).'),
    config_only: flag.default(false).describe('Only what can be configured.'),
    order_by: text.optional().describe('Attribute to sort by: fvBD.name|asc'),
    ...connectionArguments,
  })
  .refine(args => args.class !== undefined || args.dn !== undefined, 'give a class, or a dn, or both')
type Args = z.infer<typeof Args>

/** Asks an APIC for objects; every page. */
export const apicQuery: ActionModule<Args> = {
  name: 'apic_query',
  kind: 'apic',
  changes: false,
  summary: 'Reads objects of an APIC by class or dn',
  args: Args,
  examples: [
    {
      title: 'Wait until all sessions are up',
      yaml: `apic_query:
  class: bgpPeerEntry
  filter: wcard(bgpPeerEntry.dn,"k8s:vrf-001")
register: peers
until: peers.count > 0 and (peers.objects | rejectattr('operSt', 'equalto', 'established') | list | length) == 0
retries: 30
delay: 2`,
    },
    {
      title: 'A tenant with all that is in it',
      yaml: 'apic_query: {dn: uni/tn-k8s, subtree: full, config_only: true}',
    },
  ],
  returns: {
    imdata: 'The answers as the APIC gives them',
    objects: 'The same, flat: attributes with class beside them, children in a list',
    count: 'How many there are, over all pages',
    totalCount: 'The same',
  },
  connection: connectionVariables,
  secrets: connectionSecrets,
  async run(context, args) {
    const read = await context.read('apic')
    const answers = await read.get(pathOf(args), queryOf(args))
    const values = {
      imdata: imdataOf(answers),
      objects: answers.map(plainObject),
      count: answers.length,
      totalCount: answers.length,
    }
    return { changed: false, values }
  },
}

/** A class below a dn is asked from the dn, with its subtree as the target. */
function pathOf(args: Args): string {
  return args.dn === undefined ? `/api/class/${args.class}.json` : `/api/mo/${args.dn}.json`
}

function queryOf(args: Args): Record<string, string> {
  const below = args.class !== undefined && args.dn !== undefined
  const classes = [...(args.target_classes ?? []), ...(below ? [args.class ?? ''] : [])]
  const query: Record<string, string | undefined> = {
    'query-target': args.target ?? (below ? 'subtree' : undefined),
    'target-subtree-class': joined(classes),
    'query-target-filter': args.filter,
    'rsp-subtree': args.subtree,
    'rsp-subtree-class': joined(args.subtree_classes ?? []),
    'rsp-subtree-include': joined(args.include ?? []),
    'rsp-prop-include': args.config_only ? 'config-only' : undefined,
    'order-by': args.order_by,
  }
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function joined(words: readonly string[]): string | undefined {
  return words.length > 0 ? words.join(',') : undefined
}

function plainObject(answer: ApicAnswer): Value {
  return { ...answer.attributes, class: answer.class, children: answer.children.map(plainObject) }
}
