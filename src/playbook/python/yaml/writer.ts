import { MOST_LETTERS } from '../text.ts'

/** Where YAML is written to: what stands there, and where the next letter goes. */
export interface Writer {
  readonly parts: string[]
  /** Letters written so far. */
  letters: number
  column: number
  /** A blank was written last. */
  isBlank: boolean
  /** Nothing but blanks and marks stands in the line. */
  isStart: boolean
  /** Where lines begin; -1 before the first. */
  indent: number
  readonly step: number
  readonly width: number
}

export function writerOf({ step, width }: { step: number; width: number }): Writer {
  const best = step > 1 && step < 10 ? step : 2
  return {
    parts: [],
    letters: 0,
    column: 0,
    isBlank: true,
    isStart: true,
    indent: -1,
    step: best,
    width: width > best * 2 ? width : 80,
  }
}

/** Throws Error when the text grows too long. */
export function put(writer: Writer, text: string): void {
  writer.parts.push(text)
  writer.column += text.length
  writer.letters += text.length
  if (writer.letters > MOST_LETTERS) throw new Error(`a text of more than ${MOST_LETTERS} letters is refused`)
}

/** A word or mark, with a blank before it where it needs one. */
export function putMark(
  writer: Writer,
  mark: string,
  { needsBlank = false, isBlank = false, isStart = false } = {},
): void {
  put(writer, writer.isBlank || !needsBlank ? mark : ` ${mark}`)
  writer.isBlank = isBlank
  writer.isStart = writer.isStart && isStart
}

export function putLine(writer: Writer): void {
  put(writer, '\n')
  writer.column = 0
  writer.isBlank = true
  writer.isStart = true
}

/** Goes to where the next line begins, unless it is there. */
export function putIndent(writer: Writer): void {
  const indent = Math.max(0, writer.indent)
  if (!writer.isStart || writer.column > indent || (writer.column === indent && !writer.isBlank)) putLine(writer)
  if (writer.column < indent) {
    put(writer, ' '.repeat(indent - writer.column))
    writer.isBlank = true
  }
}

/** Does `work` with lines that begin further in. */
export function indented(writer: Writer, how: { isFlow?: boolean; isSame?: boolean }, work: () => void): void {
  const before = writer.indent
  if (before < 0) writer.indent = how.isFlow ? writer.step : 0
  else if (!how.isSame) writer.indent += writer.step
  work()
  writer.indent = before
}
