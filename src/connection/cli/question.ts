/** A command of NX-OS that asks before it acts, what it asks, and the answer that lets it act. */
interface Question {
  readonly command: RegExp
  readonly asks: RegExp
  readonly answer: string
}

/** Only these are answered; anything else that asks is a failure, because the next line would be taken for the answer. */
const QUESTIONS: readonly Question[] = [
  { command: /^(no )?system mode maintenance/, asks: /continue \(y\/n\)\?/i, answer: 'y' },
  { command: /^no feature(-set)? /, asks: /(continue|proceed).*\(y\/n\)|\[yes\/no\]/i, answer: 'y' },
  { command: /^no (vpc domain|vrf context|interface) /, asks: /(continue|proceed).*\(y\/n\)/i, answer: 'y' },
  { command: /^no peer-(keepalive|switch|gateway)/, asks: /(continue|proceed).*\(y\/n\)/i, answer: 'y' },
  { command: /^(no )?spanning-tree mode /, asks: /(continue|proceed).*\(y\/n\)/i, answer: 'y' },
  { command: /^system default switchport/, asks: /(continue|proceed).*\(y\/n\)/i, answer: 'y' },
]

/** True for a command behind which nothing may be sent ahead. */
export function mayAsk(command: string): boolean {
  return QUESTIONS.some(question => question.command.test(command))
}

const ASKS = /(\(y(es)?\/no?\)|\[y(es)?\/no?\]|\[confirm\])(\?|:|\[\w{1,20}\]){0,4}$/i
const END_LETTERS = 1000
const LONGEST_END = 80

/**
 * True when an unfinished line waits for an answer to a command. Its blanks do not count: `(y/n)?  [n] `. What `show` prints is never one: a
 * piece of it may end in a description that reads like a question.
 */
export function isQuestion(command: string, partial: string): boolean {
  return (
    !/^\s*sh(o|ow)?\s/.test(command) && ASKS.test(partial.slice(-END_LETTERS).replaceAll(/\s/g, '').slice(-LONGEST_END))
  )
}

/** The known answer to what a command asks, or null. */
export function answerTo(command: string, asked: string): string | null {
  return QUESTIONS.find(question => question.command.test(command) && question.asks.test(asked))?.answer ?? null
}

/** What declines a question that is not known: no where it takes one, else Ctrl-C. */
export function refusalOf(asked: string): string {
  if (/yes\/no?/i.test(asked)) return 'no\n'
  return /y\/n/i.test(asked) ? 'n\n' : '\x03'
}
