import type { CliLine, CliTree } from '../model/nxos.ts'

const met = new WeakMap<CliTree, WeakSet<CliLine>>()

/** Whether the children of a context are known to meet a line. Switches share what they have in common (readConfig), so one answer is for all. */
export function isMet(siblings: CliTree, line: CliLine): boolean {
  return met.get(siblings)?.has(line) === true
}

/** The context meets the line: for a plan without options that send it all the same. */
export function noteMet(siblings: CliTree, line: CliLine): void {
  const lines = met.get(siblings)
  if (lines) lines.add(line)
  else met.set(siblings, new WeakSet([line]))
}
