import { maskedText } from '../../diff/cli/secret.ts'
import { FailureError } from '../../model/failure.ts'
import { isMapping, type Value } from '../../model/value.ts'

/**
 * The value of a `| json` answer. Some releases print text before it (`show vpc orphan-ports`: 'Note: …'); no rows may be an empty answer.
 * @throws FailureError unparseable.
 */
export function parseShowJson(command: string, answer: string): Value {
  const text = answer.trim()
  if (text === '') return {}
  const start = text.search(/[{[]/)
  try {
    if (start >= 0) return JSON.parse(text.slice(start)) as Value
  } catch {
    // Said below: the text was no JSON.
  }
  throw new FailureError({
    code: 'unparseable',
    message: `The switch's answer to '${command}' is not JSON.`,
    device: { said: maskedText(text.slice(0, 300)), line: command },
    remedy: 'Ask for text (leave out output: json): not every command has a JSON form in every release.',
  })
}

/** The rows of a table: NX-OS gives one row as an object, several as a list, none as nothing. */
export function rowsOf(value: Value | undefined, table: string): readonly Readonly<Record<string, Value>>[] {
  const inside = isMapping(value) ? value[`TABLE_${table}`] : undefined
  const rows = isMapping(inside) ? inside[`ROW_${table}`] : undefined
  return (Array.isArray(rows) ? rows : [rows]).filter(isMapping)
}
