import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import { maskedLine, maskedText, secretsIn, secretValues } from '../../diff/cli/secret.ts'
import { refuseUntypeable } from '../../diff/cli/typeable.ts'
import { FailureError } from '../../model/failure.ts'
import type { Outcome } from '../../model/intent.ts'
import type { ActionContext, ActionModule, ActionResult } from '../../model/module.ts'
import type { NxosRead } from '../../model/nxos.ts'
import type { Value } from '../../model/value.ts'
import { number, text } from '../argument.ts'
import { answerSecrets } from './answer-secrets.ts'
import { cliLines } from './cli-lines.ts'
import { type Conditional, readConditional } from './conditional.ts'
import { nxosConnectionArguments, nxosConnectionSecrets, nxosConnectionVariables } from './connection.ts'
import { parseShowJson } from './show-json.ts'

const Command = z.union([
  text,
  z.strictObject({
    command: text.describe('The command.'),
    output: z.enum(['text', 'json']).default('text').describe('json: the answer as a value.'),
  }),
])
const Args = z.strictObject({
  commands: z
    .preprocess(value => (Array.isArray(value) ? value : [value]), z.array(Command).min(1))
    .describe('Exec-mode commands: texts, or mappings with command and output.'),
  wait_for: cliLines
    .optional()
    .describe('Conditions on the answers: result[0] contains "Established"; also called waitfor.'),
  waitfor: cliLines.optional(),
  match: z.enum(['all', 'any']).default('all').describe('Whether all conditions must hold, or one.'),
  retries: number.default(9).describe('How many more times the commands are sent until the conditions hold.'),
  interval: number.default(1).describe('Seconds between two tries.'),
  ...nxosConnectionArguments,
})
type Args = z.infer<typeof Args>

interface Asked {
  readonly command: string
  readonly json: boolean
}

/** Types exec-mode commands and looks at the answers. In a plan only what is read-only, once, without waiting. */
export const nxosCommand: ActionModule<Args> = {
  name: 'nxos_command',
  aliases: ['cisco.nxos.nxos_command'],
  kind: 'nxos',
  changes: false,
  summary: 'Runs commands on an NX-OS switch and waits until their output is as expected',
  args: Args,
  examples: [
    { title: 'Version', yaml: 'nxos_command: {commands: [show version]}' },
    {
      title: 'Wait for a BGP session',
      yaml: `cisco.nxos.nxos_command:
  commands:
    - {command: show bgp sessions vrf vrf-001, output: json}
  wait_for: result[0].TABLE_vrf.ROW_vrf.TABLE_neighbor.ROW_neighbor.state eq Established
  retries: 30
  interval: 2`,
    },
  ],
  returns: {
    stdout: 'The answers, one per command: text, or a value with output: json',
    stdout_lines: 'The same, texts as lists of lines',
    failed_conditions: 'Conditions that did not hold',
  },
  connection: nxosConnectionVariables,
  async run(context, args) {
    const asked = args.commands.map(askedOf)
    refuseUntypeable(
      'commands',
      asked.map(({ command }) => command),
    )
    const conditions = [...(args.wait_for ?? []), ...(args.waitfor ?? [])].map(readConditional)
    const read = await context.read('nxos', nxosConnectionVariables(args))
    return poll({ context, read, asked, conditions, args })
  },
  secrets: args => [...nxosConnectionSecrets(args), ...commandSecrets(args)],
}

/** `copy scp://user:secret@host/…`. Called with arguments that may be wrong: must not throw. */
function commandSecrets({ commands }: Args): string[] {
  const typed = commands.map(entry => (typeof entry === 'string' ? entry : entry.command))
  return typed.flatMap(command => secretValues(secretsIn(command.trim())))
}

function askedOf(entry: z.infer<typeof Command>): Asked {
  const { command, output } = typeof entry === 'string' ? { command: entry, output: 'text' as const } : entry
  const json = output === 'json' || /\|\s*json( native)?\s*$/.test(command)
  return { command: json && !/\|\s*json/.test(command) ? `${command} | json` : command, json }
}

interface Polling {
  readonly context: ActionContext
  readonly read: NxosRead
  readonly asked: readonly Asked[]
  readonly conditions: readonly Conditional[]
  readonly args: Args
}

async function poll({ context, read, asked, conditions, args }: Polling): Promise<ActionResult> {
  for (let left = args.retries; ; left--) {
    const answers: Value[] = []
    for (const one of asked) {
      const { answer, end } = await ask({ context, read, args }, one)
      if (end) return end
      answers.push(answer)
    }
    const unmet = conditions.filter(condition => !condition.holds(answers))
    const met = unmet.length === 0 || (args.match === 'any' && unmet.length < conditions.length)
    const secrets = asked.flatMap(({ command }, at) => answerSecrets(command, answers[at] ?? null))
    if (met || context.check) return { ...said(answers, met ? [] : unmet), secrets }
    if (left <= 0) return { ...notMet(answers, unmet), secrets }
    await pause(args.interval * 1000, undefined, { signal: context.signal })
  }
}

/** An answer, or why the task ends here: the door stayed shut, or the switch refused. */
type Answered =
  | { readonly answer: Value; readonly end?: undefined }
  | { readonly answer?: undefined; readonly end: ActionResult }

async function ask(asking: Pick<Polling, 'context' | 'read' | 'args'>, { command, json }: Asked): Promise<Answered> {
  if (/^\s*conf(i(g(u(r(e)?)?)?)?)?\b/i.test(command)) throw configures(command)
  const shown = await lookedUp(asking.read, command)
  if (shown !== null) return { answer: json ? parseShowJson(command, shown) : shown }
  const wish = { kind: 'nxos' as const, title: `types '${maskedLine(command)}'`, commands: [{ exec: command }] }
  const outcome = await asking.context.door(wish, nxosConnectionVariables(asking.args))
  if (outcome.state === 'applied') {
    const said = String((outcome.said as readonly string[])[0] ?? '')
    return { answer: json ? parseShowJson(command, said) : said }
  }
  return { end: untyped(command, outcome) }
}

/** What a command that only looks answers; null for one that may change something. */
async function lookedUp(read: NxosRead, command: string): Promise<string | null> {
  try {
    return await read.show(command)
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'unsafe') return null
    throw error
  }
}

function untyped(command: string, outcome: Exclude<Outcome, { state: 'applied' }>): ActionResult {
  if ('failure' in outcome && outcome.failure) return { failure: outcome.failure }
  return {
    skipped: true,
    values: { stdout: [], stdout_lines: [], msg: `A plan does not type '${maskedLine(command)}'.` },
  }
}

/** cisco.nxos refuses it too: whatever is typed next would be configuration that nobody planned. */
function configures(command: string): FailureError {
  return new FailureError({
    code: 'unsafe',
    message: `nxos_command does not type '${maskedLine(command)}': it enters the configuration.`,
    remedy: 'Use nxos_config.',
  })
}

function said(answers: readonly Value[], unmet: readonly Conditional[]): ActionResult {
  return {
    changed: false,
    values: valuesOf(answers, unmet),
    shown: answers.length === 1 ? masked(answers[0] ?? null) : answers.map(masked),
  }
}

function masked(answer: Value): Value {
  return typeof answer === 'string' ? maskedText(answer) : answer
}

function notMet(answers: readonly Value[], unmet: readonly Conditional[]): ActionResult {
  return {
    values: valuesOf(answers, unmet),
    failure: {
      code: 'failed',
      message: `One or more conditional statements have not been satisfied: ${unmet.map(({ text: shown }) => shown).join('; ')}`,
      device: {
        said: answers
          .map(answer => (typeof answer === 'string' ? maskedText(answer) : JSON.stringify(answer)))
          .join('\n')
          .slice(-2000),
      },
      remedy: 'Look at the answer; raise retries or interval if it only needs more time.',
    },
  }
}

function valuesOf(answers: readonly Value[], unmet: readonly Conditional[]): Record<string, Value> {
  return {
    stdout: [...answers],
    stdout_lines: answers.map(answer => (typeof answer === 'string' ? answer.split('\n') : answer)),
    ...(unmet.length > 0 ? { failed_conditions: unmet.map(({ text: shown }) => shown) } : {}),
  }
}
