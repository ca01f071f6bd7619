import { isDict, isList, type Operand, shapeOf } from '../python/operand.ts'
import { shown } from '../python/text.ts'
import { literalText } from '../template/literal-text.ts'

/** Where outputs go: texts, and the value of an output that stands alone. */
export interface Sink {
  readonly texts: string[]
  /** The first output, as long as it is the only one and a list or mapping. */
  only: Operand | null
  /** The first output as it was, before it became text. */
  first: Operand
  /** The first output must stay text, whatever it looks like: the filter that made it says so. */
  isText: boolean
  /** What a template writes that extends another one goes nowhere. */
  isMuted: boolean
}

export function emptySink(): Sink {
  return { texts: [], only: null, first: '', isText: false, isMuted: false }
}

/** Adds an output; gives how many letters it has. Throws UndefinedError. */
export function write(sink: Sink, value: Operand, isText = false): number {
  if (sink.isMuted) return 0
  if (sink.only !== null) {
    sink.texts.push(shown(sink.only))
    sink.only = null
  } else if (sink.texts.length === 0) {
    sink.isText = isText
    sink.first = value
    if (isList(value) ? shapeOf(value) !== 'tuple' : isDict(value)) {
      sink.only = value
      return 0
    }
  }
  const text = isUnrolled(value) ? shown([...value]) : shown(value)
  sink.texts.push(text)
  return text.length
}

/** Ansible shows ranges and the views of mappings as the lists that they go through. */
function isUnrolled(value: Operand): value is readonly Operand[] {
  return isList(value) && !/^(list|tuple)$/.test(shapeOf(value))
}

/** All that was written. */
export function textOf(sink: Sink): string {
  if (sink.only !== null) return shown(isUnrolled(sink.only) ? [...sink.only] : sink.only)
  return sink.texts.length === 1 ? (sink.texts[0] as string) : sink.texts.join('')
}

/** The value that was written: text, or what the text reads as where `converts`. */
export function madeOf(sink: Sink, converts: boolean): Operand {
  if (!converts) return textOf(sink)
  if (sink.only !== null) return isUnrolled(sink.only) ? [...sink.only] : sink.only
  const text = textOf(sink)
  return sink.isText && sink.texts.length === 1 ? text : literalText(text)
}
