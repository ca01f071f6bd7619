import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Paints text, or leaves it as it is. */
export type Style = (format: Format, text: string) => string

/** Colour is decided once, at the door (NO_COLOR, FORCE_COLOR, TTY), not at each call. */
export function createStyle(colour: boolean): Style {
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text)
}

/** Whether a stream gets colour: NO_COLOR (no-color.org) wins, then FORCE_COLOR, then whether a person watches. */
export function wantsColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment.NO_COLOR) return false
  if (environment.FORCE_COLOR && environment.FORCE_COLOR !== '0') return true
  return isTerminal && environment.TERM !== 'dumb'
}
