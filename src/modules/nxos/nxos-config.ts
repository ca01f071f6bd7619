import * as z from 'zod'
import { canonicalCliLine, canonicalLine } from '../../diff/cli/canonical.ts'
import { childrenAt } from '../../diff/cli/children-at.ts'
import { cliKey } from '../../diff/cli/key.ts'
import { readConfig } from '../../diff/cli/read.ts'
import { renderCli } from '../../diff/cli/render.ts'
import { asksToSave, linesAmong, savedAs } from '../../diff/cli/save.ts'
import { isIncomparable, maskedLine, secretsIn, secretValues } from '../../diff/cli/secret.ts'
import { showCli } from '../../diff/cli/show.ts'
import { refuseUntypeable } from '../../diff/cli/typeable.ts'
import { differs } from '../../model/managed.ts'
import type { ResourceModule } from '../../model/module.ts'
import type { CliLine, CliTree, NxosValue } from '../../model/nxos.ts'
import { rememberedOf } from '../../model/remembered.ts'
import { flag, text } from '../argument.ts'
import { cliLines } from './cli-lines.ts'
import { nxosConnectionArguments, nxosConnectionSecrets, nxosConnectionVariables } from './connection.ts'
import { manageConfig } from './plan-config.ts'
import { isUnsaved } from './unsaved.ts'
import { wantedLines } from './wanted-lines.ts'

const NO_BACKUP =
  'weft writes no backup files: a checkpoint guards each run; nxos_command with show running-config gives the text'
const NO_REPLACE_CONFIG = 'weft does not replace a whole configuration: declare blocks with replace: block'

const Args = z
  .strictObject({
    lines: cliLines
      .optional()
      .describe('Lines that must be in the configuration, within parents; also called commands.'),
    commands: cliLines.optional(),
    parents: cliLines.optional().describe('The contexts around the lines, from the outside in.'),
    src: text.optional().describe('File (templates/) or text with whole indented sections, instead of lines.'),
    before: cliLines.optional().describe('Lines to type first, where something differs.'),
    after: cliLines.optional().describe('Lines to type last, where something differs.'),
    match: z
      .enum(['line', 'strict', 'exact', 'none'])
      .default('line')
      .describe(
        'line: each line by itself. strict: in access lists in this order. exact: these lines and no others. none: send all.',
      ),
    replace: z
      .enum(['line', 'block', 'config'])
      .default('line')
      .refine(value => value !== 'config', NO_REPLACE_CONFIG)
      .describe('line: what differs. block: and what else is in the contexts goes.'),
    save_when: z
      .enum(['always', 'never', 'modified', 'changed'])
      .default('changed')
      .describe(
        'A run saves at its end, once, where it changed something; never: not because of this task. modified and always: also where startup-config differs already; such a task may stand without lines.',
      ),
    update_password: z
      .enum(['always', 'on_create'])
      .default('on_create')
      .describe('always: sends a password in clear although an encrypted one is there, which cannot be compared.'),
    diff_against: z.literal('running').optional().describe('Only running: it is what weft compares with.'),
    running_config: text.optional().describe('A configuration to compare with instead of the live one.'),
    defaults: flag.optional().describe('Accepted; weft knows the defaults that running-config leaves out.'),
    backup: flag
      .refine(value => !value, NO_BACKUP)
      .optional()
      .describe('Only false.'),
    ...nxosConnectionArguments,
  })
  .check(({ value, issues }) => {
    const given = [value.lines, value.commands, value.src].filter(entry => entry !== undefined).length
    const message = given === 0 ? 'one of lines, src is needed' : 'lines, commands and src exclude each other'
    const isFine = given === 1 || (given === 0 && keepsSaved(value))
    if (!isFine) issues.push({ code: 'custom', path: [], message, input: value })
    if ((value.replace === 'block' || value.match === 'exact') && !value.parents && !value.src) {
      const why = 'replace: block and match: exact need parents: without them all else on the switch would go'
      issues.push({ code: 'custom', path: ['parents'], message: why, input: value })
    }
  })
type Args = z.infer<typeof Args>

interface Seen {
  readonly running: CliTree
  /** The task cares, and a reload would lose something. */
  readonly isUnsaved: boolean
}

/** Keeps lines of an NX-OS configuration. Compares trees: a new value of a line that can be there once is a change, not an addition. */
export const nxosConfig: ResourceModule<'nxos', Args, Seen, NxosValue> = {
  name: 'nxos_config',
  aliases: ['cisco.nxos.nxos_config'],
  kind: 'nxos',
  summary: 'Keeps lines of an NX-OS configuration, within their contexts',
  args: Args,
  examples: [
    {
      title: 'A BGP neighbor in a VRF',
      yaml: `nxos_config:
  parents: [router bgp 65102, vrf vrf-001, neighbor 192.0.2.10]
  lines:
    - remote-as 65531
    - update-source loopback1002`,
    },
    {
      title: 'An access list, exactly these entries',
      yaml: `cisco.nxos.nxos_config:
  parents: ip access-list nodes
  lines:
    - 10 permit tcp 192.0.2.0/24 any eq bgp
    - 20 deny ip any any
  match: exact
  replace: block`,
    },
    { title: 'Whole sections from a template', yaml: 'nxos_config: {src: leaf.cfg.j2}' },
    { title: 'Nothing that a reload would lose', yaml: 'nxos_config: {save_when: modified}' },
  ],
  returns: {
    commands: 'The lines that were sent, contexts included; also as updates',
    warnings: 'Passwords that were not compared, because the switch shows them encrypted',
  },
  connection: nxosConnectionVariables,
  resolve(args, files) {
    if (args.src === undefined || args.src.includes('\n')) return args
    return { ...args, src: `${files.template(args.src).text}\n` }
  },
  prefetchOnce: true,
  async prefetch(read, args) {
    if (args.running_config === undefined) await read.running()
  },
  async observe(read, args) {
    if (args.running_config !== undefined) return { running: readConfig(args.running_config), isUnsaved: false }
    const running = await read.running()
    return { running, isUnsaved: keepsSaved(args) && (await isUnsaved(read, running)) }
  },
  plan({ running, isUnsaved: lacksSave }, args) {
    const managed = manageConfig(running, wishOf(args))
    if (!keepsSaved(args)) return managed
    // What a run changes it saves.
    return [...managed, savedAs(lacksSave && !managed.some(differs) ? 'behind' : 'saved')]
  },
  render: changes => [...renderCli(linesAmong(changes)), ...(asksToSave(changes) ? [{ save: true as const }] : [])],
  unsaved: args => args.save_when === 'never',
  show: showCli,
  result(changes, args, { running }) {
    // What is wanted is followed by value (secrets); what a switch has and is to lose is known here only.
    const lines = typed(renderCli(linesAmong(changes)))
    const commands = lines.map(line => (line.startsWith('no ') ? maskedLine(line) : line))
    const warnings = uncompared(running, args)
    return { commands, updates: commands, ...(warnings.length > 0 ? { warnings } : {}) }
  },
  secrets: rememberedOf(args => [...nxosConnectionSecrets(args), ...secretsOf(args)]),
}

function keepsSaved({ save_when }: { save_when: string }): boolean {
  return save_when === 'modified' || save_when === 'always'
}

// The same arguments are given to many switches: what follows from them alone is found out once.
const wishOf = rememberedOf((args: Args) => ({
  lines: typeableLines(args),
  parents: args.parents ?? [],
  before: args.before ?? [],
  after: args.after ?? [],
  match: args.match,
  exact: args.replace === 'block' || args.match === 'exact',
  updatePasswords: args.update_password === 'always',
}))

const secretLinesOf = rememberedOf((args: Args) =>
  wantedLines(linesOf(args), args.parents ?? [])
    .map(canonicalCliLine)
    .filter(({ line }) => secretsIn(line).length > 0),
)

/** @throws FailureError invalid where a switch would read something else than what is written. */
function typeableLines(args: Args): string[] {
  const { parents = [], before = [], after = [] } = args
  const lines = linesOf(args)
  for (const [what, given] of Object.entries({ lines, parents, before, after })) refuseUntypeable(what, given)
  return lines
}

function linesOf(args: Args): string[] {
  return args.lines ?? args.commands ?? (args.src ?? '').split(/\r?\n/)
}

/** Lines as one would type them: each context once before what is inside it. */
function typed(lines: readonly CliLine[]): string[] {
  let open: readonly string[] = []
  return lines.flatMap(({ parents, line }) => {
    const shared = parents.findIndex((parent, depth) => open[depth] !== parent)
    const contexts = shared < 0 ? [] : parents.slice(shared)
    open = [...parents, line]
    return [...contexts, line]
  })
}

function uncompared(tree: CliTree, args: Args): string[] {
  if (args.update_password === 'always') return []
  return secretLinesOf(args).flatMap(({ parents, line }) => {
    const key = cliKey(parents, line)
    const live = childrenAt(tree, parents)?.find(node => cliKey(parents, node.line) === key)
    if (!live || !isIncomparable(line, live.line)) return []
    return [
      `${[...parents, key].map(part => maskedLine(part)).join(' / ')} was not compared: the switch shows it encrypted (update_password: always sends it)`,
    ]
  })
}

/** Called with arguments that may be wrong: must not throw. */
function secretsOf(args: Args): string[] {
  const lines = [...linesOf(args), ...(args.before ?? []), ...(args.after ?? []), ...(args.parents ?? [])]
  const spellings = lines.flatMap(line => [line.trim(), canonicalLine(line)])
  return [...new Set(spellings.flatMap(line => secretValues(secretsIn(line))))]
}
