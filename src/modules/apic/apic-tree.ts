import * as z from 'zod'
import { type ApicChange, type ApicValue, renderApic, showApic } from '../../diff/apic/change.ts'
import { diffAbsent, diffExact, diffPresent } from '../../diff/apic/diff.ts'
import { readTree, type WantedObject, wantedObjects } from '../../diff/apic/objects.ts'
import { dnOf } from '../../diff/apic/resource-id.ts'
import type { ResourceModule } from '../../model/module.ts'
import type { Value } from '../../model/value.ts'
import { anything, text, texts } from '../argument.ts'
import { connectionArguments, connectionSecrets, connectionVariables } from './connection.ts'
import { currentNow, registeredOf } from './registered.ts'
import { annotated, type LiveObjects, readAround, readingRoots, refuseOrphans, secretValues, topsOf } from './wish.ts'

const Args = z
  .strictObject({
    dn: text.default('uni').describe('The parent that the tree hangs below.'),
    tree: anything.describe('Objects by class: {fvCtx: {name: blue, …}}, nested, or as the APIC exports them.'),
    state: z
      .enum(['present', 'absent', 'exact'])
      .default('present')
      .describe('exact: below the declared objects, others of the classes in the tree (and in `classes`) are deleted.'),
    classes: texts.optional().describe('With exact: more classes whose undeclared objects go; also right below `dn`.'),
    update_password: z
      .enum(['on_create', 'always'])
      .default('on_create')
      .describe('An APIC never shows a password, so an existing one is left alone; always sends it again.'),
    annotation: text.optional().describe('Annotation of every object that declares none.'),
    ...connectionArguments,
  })
  .check(context => {
    const { dn, tree, state, classes } = context.value
    for (const { path, message } of readTree(tree, dn).mistakes) {
      context.issues.push({ code: 'custom', path: ['tree', ...path], message, input: tree })
    }
    if (state === 'exact' && dn === 'uni' && classes?.some(name => name === 'fvTenant')) {
      const message = 'exact with fvTenant below uni would delete every tenant that is not declared: give a deeper dn'
      context.issues.push({ code: 'custom', path: ['classes'], message, input: classes })
    }
  })
type Args = z.infer<typeof Args>

/** Keeps a tree of APIC objects as declared. */
export const apicTree: ResourceModule<'apic', Args, LiveObjects, ApicValue> = {
  name: 'apic_tree',
  kind: 'apic',
  summary: 'Keeps a tree of APIC objects below a parent as declared',
  args: Args,
  examples: [
    {
      title: 'An L3Out with its BGP peer',
      yaml: `apic_tree:
  dn: uni/tn-k8s
  tree:
    l3extOut:
      name: cluster-1
      enforceRtctrl: [export, import]
      bgpExtP: {}
      l3extRsEctx: {tnFvCtxName: vrf-001}
      l3extLNodeP:
        name: anchors
        l3extRsNodeL3OutAtt: {tDn: topology/pod-1/node-101, rtrId: 192.0.2.101, rtrIdLoopBack: false}`,
    },
    {
      title: 'Exactly these subnets in a match rule',
      yaml: `apic_tree:
  dn: uni/tn-k8s
  state: exact
  tree:
    rtctrlSubjP:
      name: cluster-1-import
      rtctrlMatchRtDest:
        - {ip: 192.0.2.0/24, aggregate: true}
        - {ip: 198.51.100.0/24, aggregate: true}`,
    },
    {
      title: 'In the form that the APIC exports',
      yaml: `apic_tree:
  tree: {fvTenant: {attributes: {name: k8s}, children: [{fvCtx: {attributes: {name: vrf-001}}}]}}`,
    },
  ],
  returns: {
    changes: 'What was done, one entry per object: dn, class, action',
    previous:
      'What was changed as it was before, as the APIC writes objects; of an object that was changed, what differs',
    sent: 'What was sent, with its status (created, modified, deleted), secrets left out',
    current: 'What was changed as it is on the APIC after the task; in a plan, as far as it is foreseen',
  },
  connection: connectionVariables,
  async prefetch(read, args) {
    await Promise.all(rootsOf(args).map(dn => read.subtree(dn)))
  },
  async observe(read, args) {
    const around = await readAround(read, wantedOf(args))
    if (!args.classes || !isDeep(args.dn)) return around
    return { ...around, live: new Map([...around.live, ...(await read.subtree(args.dn))]) }
  },
  plan(state, args) {
    const wanted = wantedOf(args)
    if (args.state === 'absent') return diffAbsent(state.live, topsOf(wanted))
    refuseOrphans(state)
    const wish = { live: state.live, wanted, forceSecrets: args.update_password === 'always' }
    if (args.state === 'present') return diffPresent(wish)
    const classes = new Set([...wanted.map(object => object.class), ...(args.classes ?? [])])
    const named = new Set(args.classes ?? [])
    const changes = diffExact(wish, classes, [])
    const beside = diffExact(wish, named, isDeep(args.dn) ? [args.dn] : [])
    const known = new Set(changes.map(change => change.id))
    return [...changes, ...beside.filter(change => !known.has(change.id))]
  },
  render: changes => renderApic(changes),
  show: showApic,
  result: changes => ({ changes: changes.map(summary), ...registeredOf(changes) }),
  now: async (read, { changes }) => ({ current: await currentNow(read, changes) }),
  secrets: args => [...connectionSecrets(args), ...secretValues(readTree(args.tree, args.dn).objects)],
}

function wantedOf(args: Args): readonly WantedObject[] {
  return annotated(wantedObjects(args.tree, args.dn), args.annotation)
}

function rootsOf(args: Args): string[] {
  const roots = readingRoots(wantedOf(args))
  return args.classes && isDeep(args.dn) ? [...roots, args.dn] : roots
}

/** Right below uni everything of the fabric lives: nothing is deleted there for not being declared. */
function isDeep(dn: string): boolean {
  return dn.includes('/')
}

function summary(change: ApicChange): Value {
  const action = change.before === null ? 'create' : change.after === null ? 'delete' : 'update'
  return { dn: dnOf(change), class: (change.after ?? change.before)?.class ?? '', action }
}
