import type { Config } from './node.ts'

/** A line about to be taken: where, in canonical words, and whether it came with `no`. */
export interface EffectInput {
  readonly config: Config
  /** Keys of the context it stands in. */
  readonly path: readonly string[]
  readonly words: readonly string[]
  readonly negated: boolean
}

/** What a line means beyond being stored. */
export interface EffectResult {
  /** The switch does not take the line and says this. */
  readonly refuse?: string
  /** The switch does not know the line here: the caret stands at its start. */
  readonly invalid?: true
  /** Said although the line was taken. */
  readonly warning?: string
  /** The configuration after what the line does elsewhere. */
  readonly config?: Config
  /** The line as it is really kept. */
  readonly words?: readonly string[]
  /** Several lines in place of this one. */
  readonly instead?: readonly (readonly string[])[]
  /** Nothing is stored: `config` is the whole result. */
  readonly done?: true
}

export type Effect = (input: EffectInput) => EffectResult
