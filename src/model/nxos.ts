/** A line of an NX-OS configuration and the lines indented below it. Lines hold no leading or trailing blanks. */
export interface CliNode {
  readonly line: string
  readonly children: readonly CliNode[]
}
export type CliTree = readonly CliNode[]

/** A line within the contexts that lead to it. The value of what is managed on a switch. */
export interface CliLine {
  readonly parents: readonly string[]
  readonly line: string
}

/** The reading side of a switch. It has no way to write. */
export interface NxosRead {
  /** The running-config, read once per run, with the planned changes of earlier tasks applied. */
  running(): Promise<CliTree>
  /** The text that an exec-mode command answers; never cached. Only read-only commands are let through (unsafe). */
  show(command: string): Promise<string>
}

/**
 * A line to send in the context that `parents` open, a command to type in exec mode, or the wish that a reload loses nothing, which
 * the commit fulfils.
 */
export type NxosCommand = CliLine | { readonly exec: string } | { readonly save: true }

/** What nxos modules manage: lines of the configuration, and that a reload would lose none of them. */
export type NxosValue = CliBranch | { readonly startup: 'behind' | 'saved' }

/** A line with what is below it: the value of what nxos modules manage. */
export interface CliBranch extends CliLine {
  /** What goes with a deleted context, so that the undo can bring it back. */
  readonly children?: CliTree
  /** The line stands at the wrong place of a section whose order counts: it goes and comes back at the end. */
  readonly moved?: boolean
  /** A line of `before:` or `after:`: typed as it stands, neither compared nor taken back. */
  readonly verbatim?: boolean
}
