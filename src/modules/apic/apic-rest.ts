import * as z from 'zod'
import { type ApicChange, type ApicValue, renderApic, showApic } from '../../diff/apic/change.ts'
import { diffAbsent, diffPresent } from '../../diff/apic/diff.ts'
import { readTree, type WantedObject, wantedObjects } from '../../diff/apic/objects.ts'
import type { ApicAnswer } from '../../model/apic.ts'
import { type Failure, FailureError } from '../../model/failure.ts'
import type { ResourceModule } from '../../model/module.ts'
import { isMapping, type Value } from '../../model/value.ts'
import { anything, flag, text } from '../argument.ts'
import { connectionArguments, connectionSecrets, connectionVariables } from './connection.ts'
import { dnOfPath, parseContent, pathMistake, placed } from './content.ts'
import { imdataOf } from './imdata.ts'
import { currentNow, registeredOf } from './registered.ts'
import { annotated, type LiveObjects, readAround, readingRoots, refuseOrphans, secretValues } from './wish.ts'

const Method = z.enum(['get', 'post', 'delete'])
const Args = z
  .strictObject({
    path: text.describe('Path of the request, with its query: /api/mo/uni/tn-k8s.json; also called uri.').optional(),
    uri: text.optional(),
    method: z.preprocess(lower, Method).optional().describe('get (default), post or delete; also called action.'),
    action: z.preprocess(lower, Method).optional(),
    content: anything.optional().describe('Body of a post: a mapping, or JSON or YAML as text.'),
    src: text.optional().describe('File with the body, looked up in files/.'),
    config_file: text.optional().describe('The same as src.'),
    annotation: text.optional().describe('Annotation of every object in the body that has none.'),
    rsp_subtree_preserve: flag.optional().describe('Ignored: weft compares by itself.'),
    ...connectionArguments,
  })
  .check(context => {
    const { value, issues } = context
    const mistake = pathMistake(pathOf(value), methodOf(value))
    if (mistake) issues.push({ code: 'custom', path: ['path'], message: mistake, input: pathOf(value) })
    if (methodOf(value) === 'post' && value.content === undefined && !value.src && !value.config_file) {
      issues.push({ code: 'custom', path: [], message: 'a post needs content or src', input: value })
    }
  })
type Args = z.infer<typeof Args>

/** A get carries the answer; post and delete what is there now. */
type State = ({ readonly answers: readonly ApicAnswer[] } | { readonly answers: null }) & LiveObjects

/** A request to the APIC's REST interface: a get is a query, post and delete are planned like any other resource. */
export const apicRest: ResourceModule<'apic', Args, State, ApicValue> = {
  name: 'apic_rest',
  aliases: ['cisco.aci.aci_rest', 'aci_rest'],
  kind: 'apic',
  summary: 'Sends a request to the APIC; posts and deletes are planned by comparing with what is there',
  args: Args,
  examples: [
    {
      title: 'A VRF',
      yaml: `cisco.aci.aci_rest:
  path: /api/mo/uni/tn-k8s.json
  method: post
  content: {fvCtx: {attributes: {name: vrf-001, pcEnfPref: unenforced}}}`,
    },
    { title: 'All controllers', yaml: `apic_rest: {path: '/api/class/topSystem.json', method: get}` },
    { title: 'Delete a tenant', yaml: 'apic_rest: {path: /api/mo/uni/tn-old.json, method: delete}' },
  ],
  returns: {
    imdata: 'With get: the answers as the APIC gives them',
    totalCount: 'With get: how many there are, over all pages',
    status: 'HTTP status, as cisco.aci gives it',
    previous: 'With post and delete: what was changed as it was before, as the APIC writes objects',
    sent: 'With post and delete: what was sent, with its status (created, modified, deleted), secrets left out',
    current:
      'With post and delete: what was changed as it is on the APIC after the task; in a plan, as far as it is foreseen',
  },
  connection: connectionVariables,
  resolve(args, files) {
    const name = args.src ?? args.config_file
    if (name === undefined) return args
    const { src: _, config_file: __, ...rest } = args
    return { ...rest, content: files.read('files', name).text }
  },
  async prefetch(read, args) {
    if (methodOf(args) === 'delete') await read.subtree(dnOfPath(pathOf(args)))
    if (methodOf(args) === 'post') await Promise.all(readingRoots(wantedOf(args)).map(dn => read.subtree(dn)))
  },
  async observe(read, args) {
    if (methodOf(args) === 'post') return { ...(await readAround(read, wantedOf(args))), answers: null }
    if (methodOf(args) === 'delete')
      return { live: await read.subtree(dnOfPath(pathOf(args))), orphans: [], answers: null }
    return { live: new Map(), orphans: [], answers: await read.get(pathOf(args)) }
  },
  plan(state, args): ApicChange[] {
    if (methodOf(args) === 'get') return []
    if (methodOf(args) === 'delete') return diffAbsent(state.live, [dnOfPath(pathOf(args))])
    refuseOrphans(state)
    return diffPresent({ live: state.live, wanted: wantedOf(args) })
  },
  render: changes => renderApic(changes),
  show: showApic,
  asksNow: written => isMapping(written) && String(written.method ?? written.action ?? 'get').toLowerCase() === 'get',
  result(changes, _args, { answers }): Readonly<Record<string, Value>> {
    if (answers) return { imdata: imdataOf(answers), totalCount: answers.length, status: 200 }
    return { imdata: [], totalCount: 0, status: 200, ...registeredOf(changes) }
  },
  now: async (read, { changes }) => ({ current: await currentNow(read, changes) }),
  secrets: args => [...connectionSecrets(args), ...contentSecrets(args)],
}

function wantedOf(args: Args): readonly WantedObject[] {
  if (args.content === undefined) throw new FailureError(unread(args))
  const dn = dnOfPath(pathOf(args))
  const tree = placed(parseContent(args.content ?? null), dn)
  return annotated(wantedObjects(tree, dn), args.annotation)
}

/** A post without a body must not pass for one that changes nothing. */
function unread(args: Args): Failure {
  return {
    code: 'defect',
    message: `The file ${args.src ?? args.config_file} was not read, so there is nothing to post.`,
  }
}

/** Called before the content is known to be right, so it must not throw. */
function contentSecrets(args: Args): string[] {
  try {
    const dn = dnOfPath(pathOf(args))
    return secretValues(readTree(placed(parseContent(args.content ?? null), dn), dn).objects)
  } catch {
    return []
  }
}

function methodOf(args: { method?: z.infer<typeof Method> | undefined; action?: z.infer<typeof Method> | undefined }) {
  return args.method ?? args.action ?? 'get'
}

function pathOf(args: { path?: string | undefined; uri?: string | undefined }): string {
  const path = args.path ?? args.uri ?? ''
  return path.startsWith('/') ? path : `/${path}`
}

function lower(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value
}
