/** An option as a shell completes it. */
export interface CompletedFlag {
  /** '--output'. */
  readonly flag: string
  readonly about: string
  readonly takes: 'nothing' | 'value' | 'choice'
  readonly choices: readonly string[]
}

/** A subcommand as a shell completes it. */
export interface CompletedCommand {
  readonly name: string
  readonly about: string
  readonly flags: readonly CompletedFlag[]
  /** What its argument may be; none = files. */
  readonly words: readonly string[]
}
