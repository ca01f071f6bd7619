/** A line that was sent and whose answer is still to come. */
export interface Expected {
  readonly line: string
  /** True once its echo was seen: what follows is its output. */
  readonly started: boolean
  readonly output: string[]
  asked?: string
  /** True when a text is the echo of this line, or the first part of an echo that the terminal broke. */
  isEcho(text: string): boolean
  /** Takes a line that came before the output: the echo, a part of it, or noise. */
  hearEcho(text: string): void
}

/** Waits for the echo of a line. Blanks do not count: a terminal breaks and redraws long lines. */
export function expectedCommand(line: string): Expected {
  const wanted = compact(line)
  let seen = ''
  let started = wanted === ''
  return {
    line,
    output: [],
    get started() {
      return started
    },
    isEcho: text => {
      const part = compact(text)
      return part !== '' && wanted.startsWith(part)
    },
    hearEcho: text => {
      const part = compact(text)
      if (part === '') return
      seen = wanted.startsWith(seen + part) ? seen + part : wanted.startsWith(part) ? part : ''
      started = seen === wanted
    },
  }
}

function compact(text: string): string {
  return text.replace(/\s+/g, '')
}
