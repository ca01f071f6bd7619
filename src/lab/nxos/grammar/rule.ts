import { compilePattern, type Pattern } from './pattern.ts'

/** One line of a grammar table. The order of a table is the order in which `show running-config` prints. */
export interface ConfigRule {
  /** In the notation of compilePattern. */
  readonly line: string
  /** The mode that the line opens. */
  readonly enter?: string
  /** The line exists only while this feature is on. */
  readonly feature?: string
  /**
   * Which form the configuration keeps: 'yes' (default) the line itself, its `no` form removing it; 'no' the other way
   * round (`no shutdown` of an SVI, `no ip redirects`); 'both' whichever was typed last; 'never' nothing at all.
   */
  readonly stores?: 'yes' | 'no' | 'both' | 'never'
  /** What else the line means: a name in config/effects.ts. */
  readonly effect?: string
}

export interface CompiledRule extends ConfigRule {
  readonly pattern: Pattern
  /** Its place in the printed configuration of its mode. */
  readonly rank: number
}

export interface Mode {
  readonly name: string
  /** What stands in brackets in the prompt: 'config-if'. */
  readonly prompt: string
  readonly rules: readonly CompiledRule[]
}

/** Compiles a mode's table. */
export function mode(name: string, prompt: string, rules: readonly ConfigRule[]): Mode {
  const compiled = rules.map((rule, rank) => ({ ...rule, pattern: compilePattern(rule.line), rank }))
  return { name, prompt, rules: compiled }
}
