import { FailureError } from '../../model/failure.ts'
import type { CliLine } from '../../model/nxos.ts'
import { visibleLine } from '../../model/visible.ts'
import { maskedLine } from './secret.ts'
import { bannerDelimiter } from './tree.ts'

/** What a terminal of NX-OS obeys instead of taking it as part of a line. */
const OBEYED = /[\u0000-\u001f\u007f-\u009f?]/
const NAMES: Readonly<Record<string, string>> = {
  '\u0000': 'a NUL',
  '\u0003': 'a Ctrl-C',
  '\b': 'a backspace',
  '\t': 'a tab, which completes words',
  '\n': 'a newline, which ends the line',
  '\r': 'a carriage return, which ends the line',
  '\u0015': 'a Ctrl-U, which clears the line',
  '\u001b': 'an escape',
  '?': "a '?', which asks for help, in quotes too",
}

/** The first character of a line that a switch would not take as text, in words; null for a line that can be typed. */
export function untypeable(line: string): string | null {
  const letter = OBEYED.exec(line)?.[0]
  if (letter === undefined) return null
  return NAMES[letter] ?? `the control character ${visibleLine(letter)}`
}

/**
 * Refuses lines that would not arrive as they are written, before anything is sent: a carriage return in a description would type what stands behind it
 * as a line of its own. The newlines of a banner belong to it, and so does a '?' in it.
 * @param what where they are from: 'lines', 'parents'
 * @throws FailureError invalid, naming the line and the character.
 */
export function refuseUntypeable(what: string, lines: readonly string[]): void {
  for (const [index, raw] of bannersTogether(lines).entries()) {
    // Blanks between words are one blank when they are typed, and a newline at the end of a text is its end.
    const line = raw.trim().replaceAll('\t', ' ')
    const letter = untypeable(isBanner(line) ? line.replace(/[\r\n?]/g, '') : line)
    if (letter !== null) throw refusal(`${what}, line ${index + 1}: '${shown(line)}'`, letter)
  }
}

/** The same for lines on their way to a switch, whoever made them. */
export function untypeableAmong(lines: readonly CliLine[]): FailureError | null {
  for (const { parents, line } of lines) {
    if (isBanner(line) || isBanner(parents.at(-1) ?? '')) continue
    for (const text of [...parents, line]) {
      const letter = untypeable(text)
      if (letter !== null) return refusal(`The line '${shown(text)}'`, letter)
    }
  }
  return null
}

/** The lines of a text, those of a banner as one. */
function bannersTogether(lines: readonly string[]): string[] {
  const together: string[] = []
  let delimiter: string | null = null
  for (const line of lines) {
    if (delimiter === null) together.push(line)
    else together.push(`${together.pop()}\n${line}`)
    delimiter = delimiter === null ? bannerDelimiter(line.trim()) : line.includes(delimiter) ? null : delimiter
  }
  return together
}

function isBanner(line: string): boolean {
  return /^(no )?banner \S+ \S/.test(line)
}

function shown(line: string): string {
  return visibleLine(maskedLine(line))
}

function refusal(what: string, letter: string): FailureError {
  return new FailureError({
    code: 'invalid',
    message: `${what} holds ${letter}: a switch does not accept it as part of a line.`,
    remedy: 'Take it out of the value; write each line as an entry of its own.',
    aftermath: 'Nothing was written.',
  })
}
