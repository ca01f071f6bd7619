/**
 * What a terminal would obey instead of showing: C0 and C1 control characters and DEL, and what turns or splits the line for the reader
 * (Unicode TR9 and UTR36: embeddings, overrides, isolates, marks, line and paragraph separators). Tabs and newlines are layout.
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const EVERY_UNSEEN = new RegExp(UNSEEN.source, 'g')

/** A text for a terminal or a page: control characters as '\x1b' and '\u202e', so that a reader sees them and nothing obeys them. */
export function visible(text: string): string {
  return UNSEEN.test(text) ? text.replace(EVERY_UNSEEN, escaped) : text
}

/** The same for what is one line (a name, a path): a newline in it would begin a line that nobody wrote. */
export function visibleLine(text: string): string {
  return /[\n\t]/.test(text) ? visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t') : visible(text)
}

/** JSON in which these characters are escaped as JSON has it: what is read from it is the same. */
export function visibleJson(json: string): string {
  return UNSEEN.test(json) ? json.replace(EVERY_UNSEEN, letter => `\\u${hexOf(letter, 4)}`) : json
}

function escaped(letter: string): string {
  return letter < '\u0100' ? `\\x${hexOf(letter, 2)}` : `\\u${hexOf(letter, 4)}`
}

function hexOf(letter: string, digits: number): string {
  return letter.charCodeAt(0).toString(16).padStart(digits, '0')
}
