import * as z from 'zod'
import type { ActionModule } from '../../model/module.ts'
import { flag, text } from '../argument.ts'
import { runProcess } from './process.ts'

const Args = z.strictObject({
  cmd: text.describe('The command line that the shell runs.'),
  executable: text.optional().describe('The shell; /bin/sh when not given.'),
  chdir: text.optional().describe('Folder to run in.'),
  creates: text.optional().describe('Not run when this path exists.'),
  removes: text.optional().describe('Run only when this path exists.'),
  stdin: text.optional().describe('Text for its standard input.'),
  stdin_add_newline: flag.optional(),
})
type Args = z.infer<typeof Args>

/** Runs a text with a shell on a machine. */
export const shell: ActionModule<Args> = {
  name: 'shell',
  kind: 'linux',
  summary:
    'Runs a command line through a shell, on the host (for switches, APICs and clusters: on the machine that weft runs on)',
  args: Args,
  freeForm: 'cmd',
  changes: true,
  examples: [{ title: 'A pipe', yaml: 'shell: kubectl get nodes -o name | wc -l' }],
  returns: { rc: 'exit code', stdout: 'what it printed', stdout_lines: 'the same as lines', stderr: 'its errors' },
  run(context, args) {
    return runProcess(context, {
      command: args.cmd,
      shell: args.executable,
      chdir: args.chdir,
      creates: args.creates,
      removes: args.removes,
      stdin: args.stdin,
      stdinNewline: args.stdin_add_newline,
    })
  },
}
