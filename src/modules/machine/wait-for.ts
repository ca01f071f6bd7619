import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { MachineRead } from '../../model/machine.ts'
import type { ActionContext, ActionModule } from '../../model/module.ts'
import { expressionOf, timedSearch } from '../../model/timed-search.ts'
import { number, text } from '../argument.ts'
import { absolutePath } from './paths.ts'

const Args = z
  .strictObject({
    host: text.optional().describe('Address to look at, from the host; the host itself when not given.'),
    port: number.optional().describe('TCP port that must open (or close).'),
    path: text.optional().describe('File that must appear (or go).'),
    search_regex: text.optional().describe('Text that the file, or what the port says first, must contain.'),
    state: z
      .enum(['started', 'present', 'stopped', 'absent', 'drained'])
      .optional()
      .describe('started when not given.'),
    timeout: number.optional().describe('Seconds to wait; 300 when not given.'),
    delay: number.optional().describe('Seconds before the first look.'),
    sleep: number.optional().describe('Seconds between looks; 1 when not given.'),
    connect_timeout: number.optional().describe('Seconds for one connection; 5 when not given.'),
    msg: text.optional().describe('What to say when time is up.'),
  })
  .refine(args => args.port === undefined || args.path === undefined, {
    message: 'port and path are mutually exclusive',
  })
type Args = z.infer<typeof Args>

/** Looks until a port or file is as wanted. */
export const waitFor: ActionModule<Args> = {
  name: 'wait_for',
  kind: 'linux',
  summary: 'Waits until a port opens or closes, or a file appears or goes',
  args: Args,
  changes: false,
  examples: [{ title: 'Until the API answers', yaml: 'wait_for: {host: 192.0.2.10, port: 6443, timeout: 60}' }],
  returns: {
    elapsed: 'seconds waited',
    state: 'what was waited for',
    match_groups: 'with search_regex: what its groups matched',
  },
  async run(context, args) {
    const state = args.state ?? 'started'
    const started = Date.now()
    const elapsed = () => Math.floor((Date.now() - started) / 1000)
    if (context.check) return { skipped: true, values: {} }
    await sleep((args.delay ?? 0) * 1000, undefined, { signal: context.signal })
    const wantsOpen = state === 'started' || state === 'present'
    const deadline = started + (args.timeout ?? 300) * 1000
    if (args.port === undefined && args.path === undefined) {
      await sleep(Math.max(0, deadline - Date.now()), undefined, { signal: context.signal })
      return { values: { elapsed: elapsed(), state } }
    }
    for (;;) {
      const found = await look(context, args)
      if ((found !== null) === wantsOpen) {
        return { values: { elapsed: elapsed(), state, ...place(args), ...groupsOf(found) } }
      }
      if (Date.now() >= deadline) break
      await sleep(Math.min((args.sleep ?? 1) * 1000, Math.max(1, deadline - Date.now())), undefined, {
        signal: context.signal,
      })
    }
    const what = args.port === undefined ? args.path : `${args.host ?? '127.0.0.1'}:${args.port}`
    const message = args.msg ?? `Timeout when waiting for ${what} to be ${state}`
    return { failure: { code: 'timeout', message }, values: { elapsed: elapsed(), msg: message } }
  },
}

function place(args: Args) {
  return args.path === undefined ? { port: args.port ?? null } : { path: args.path }
}

/** What was found: the text that the pattern matched, or nothing but that it is there; null when it is not. */
type Found = RegExpExecArray | 'there' | null

async function look(context: ActionContext, args: Args): Promise<Found> {
  const pattern = args.search_regex === undefined ? null : expressionOf(args.search_regex, 'm')
  const read = await context.read('linux')
  if (args.path === undefined) return answers(read, args, pattern)
  const path = await absolutePath(read, args.path)
  if (!(await read.stat(path, { follow: true }))) return null
  if (pattern === null) return 'there'
  return searched(pattern, (await read.readFile(path))?.toString('utf8') ?? '')
}

function searched(pattern: RegExp, text: string): RegExpExecArray | null {
  return timedSearch(pattern, text, () => pattern.exec(text))
}

function groupsOf(found: Found) {
  if (found === null || found === 'there') return {}
  return { match_groups: found.slice(1).map(group => group ?? null), match_groupdict: { ...found.groups } }
}

async function answers(read: MachineRead, args: Args, pattern: RegExp | null): Promise<Found> {
  const said = await read.probe({
    address: args.host ?? '127.0.0.1',
    port: args.port as number,
    seconds: args.connect_timeout ?? 5,
    ...(pattern ? { enough: text => searched(pattern, text) !== null } : {}),
  })
  if (said === null) return null
  return pattern ? searched(pattern, said) : 'there'
}
