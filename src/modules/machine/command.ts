import * as z from 'zod'
import type { ActionContext, ActionModule } from '../../model/module.ts'
import { splitWords } from '../../model/words.ts'
import { flag, text } from '../argument.ts'
import { runProcess } from './process.ts'

const Args = z
  .strictObject({
    cmd: text.optional().describe('The command line; it does not go through a shell.'),
    argv: z.array(text).optional().describe('The program and its arguments as a list.'),
    chdir: text.optional().describe('Folder to run in.'),
    creates: text.optional().describe('Not run when this path exists.'),
    removes: text.optional().describe('Run only when this path exists.'),
    stdin: text.optional().describe('Text for its standard input.'),
    stdin_add_newline: flag.optional(),
    strip_empty_ends: flag.optional(),
  })
  .refine(args => args.cmd ?? args.argv, { message: 'one of the following is required: cmd, argv' })
type Args = z.infer<typeof Args>

/** Runs a program on a machine, without a shell. */
export const command: ActionModule<Args> = {
  name: 'command',
  kind: 'linux',
  summary:
    'Runs a program without a shell, on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  freeForm: 'cmd',
  changes: true,
  examples: [{ title: 'Ask git', yaml: 'command: git rev-parse HEAD' }],
  returns: { rc: 'exit code', stdout: 'what it printed', stdout_lines: 'the same as lines', stderr: 'its errors' },
  async run(context, args) {
    const words = args.argv ?? splitWords(args.cmd ?? '')
    return runProcess(context, {
      command: await expanded(context, words),
      chdir: args.chdir,
      creates: args.creates,
      removes: args.removes,
      stdin: args.stdin,
      stdinNewline: args.stdin_add_newline,
      stripEnds: args.strip_empty_ends,
    })
  },
}

/** $NAME and ${NAME} of the environment, and ~ at the start, though no shell runs: Ansible's command module does it, unknown ones stay. */
async function expanded(context: ActionContext, words: readonly string[]): Promise<string[]> {
  const names = words.flatMap(word => [...word.matchAll(NAME)].map(([, plain, braced]) => plain ?? braced ?? ''))
  const wanted = [...names, ...(words.some(word => word.startsWith('~')) ? ['HOME'] : [])]
  if (wanted.length === 0) return [...words]
  const found = await (await context.read('linux')).environment([...new Set(wanted)])
  const all: Record<string, string | undefined> = { ...found, ...context.environment }
  return words.map(word => {
    const home = word === '~' || word.startsWith('~/') ? `${all.HOME ?? '~'}${word.slice(1)}` : word
    return home.replace(NAME, (written, plain, braced) => all[plain ?? braced] ?? written)
  })
}

const NAME = /\$(?:(\w+)|\{(\w+)\})/g
