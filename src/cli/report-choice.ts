import type { Reporter } from '../report/reporter.ts'
import { wantsColour } from '../report/style.ts'
import type { Wires } from './wires.ts'

export type OutputForm = 'tree' | 'plain' | 'json' | 'markdown'

/** A person at a terminal gets the live tree; pipes, CI and dumb terminals get plain lines. */
export function chooseForm(
  asked: OutputForm | undefined,
  { out, environment }: Pick<Wires, 'out' | 'environment'>,
): OutputForm {
  if (asked && asked !== 'tree') return asked
  const live = out.isTTY === true && environment.TERM !== 'dumb' && !environment.CI
  return live ? 'tree' : 'plain'
}

/** The report for a form; only the one that is used is loaded. */
export async function createReporter(
  form: OutputForm,
  { wires, diff, verbosity }: { wires: Wires; diff: boolean; verbosity: number },
): Promise<Reporter> {
  const options = {
    write: (text: string) => void wires.out.write(text),
    colour: wantsColour(wires.environment, wires.out.isTTY === true),
    diff,
    verbosity,
  }
  if (form === 'json') return (await import('../report/json.ts')).jsonReport(options)
  if (form === 'markdown') return (await import('../report/markdown.ts')).markdownReport(options)
  if (form === 'tree') return (await import('../report/tree.ts')).treeReport(options)
  return (await import('../report/plain.ts')).plainReport(options)
}
