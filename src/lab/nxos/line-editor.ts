/** Collects typed characters into lines; says what to echo. */
export interface LineEditor {
  /** What one character does: an echo, and the line when it was the end of one. */
  type(character: string): { echo: string; line?: string }
  /** What has been typed of the next line. */
  pending(): string
}

export function createLineEditor(): LineEditor {
  let line = ''
  let afterReturn = false
  let inEscape = false

  return {
    pending: () => line,
    type(character) {
      if (inEscape) {
        inEscape = character === '['
        return { echo: '' }
      }
      if (character === '\n' && afterReturn) {
        afterReturn = false
        return { echo: '' }
      }
      afterReturn = character === '\r'
      if (character === '\r' || character === '\n') {
        const typed = line
        line = ''
        return { echo: '', line: typed }
      }
      if (character === '\x7f' || character === '\b') {
        const echo = line === '' ? '' : '\b \b'
        line = line.slice(0, -1)
        return { echo }
      }
      if (character === '\x15') {
        const echo = '\b \b'.repeat(line.length)
        line = ''
        return { echo }
      }
      inEscape = character === '\x1b'
      if (character < ' ') return { echo: '' }
      line += character
      return { echo: character }
    },
  }
}
