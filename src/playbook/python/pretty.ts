import { compare } from './compare.ts'
import { mappingOf } from './item.ts'
import { entriesOf } from './mapping.ts'
import { isDict, isList, type Operand, shapeOf, tuple } from './operand.ts'
import { repr } from './text.ts'

const WIDTH = 80

/** A value as Python's pprint shows it: keys sorted, an entry a line where one line is not enough. */
export function pretty(value: Operand, column = 0): string {
  const line = repr(sorted(value))
  if (line.length <= WIDTH - column) return line
  if (isDict(value)) {
    const entries = ordered(entriesOf(value)).map(([key, entry]) => {
      const name = repr(key)
      return `${name}: ${pretty(entry, column + name.length + 3)}`
    })
    return `{${entries.join(`,\n${' '.repeat(column + 1)}`)}}`
  }
  if (!isList(value) || !/^(list|tuple)$/.test(shapeOf(value))) return line
  const [open, close] = shapeOf(value) === 'list' ? ['[', ']'] : ['(', ')']
  return `${open}${value.map(entry => pretty(entry, column + 1)).join(`,\n${' '.repeat(column + 1)}`)}${close}`
}

function ordered(entries: [Operand, Operand][]): [Operand, Operand][] {
  try {
    return entries.sort(([a], [b]) => compare(a, b))
  } catch {
    return entries
  }
}

function sorted(value: Operand): Operand {
  if (isDict(value)) return mappingOf(ordered(entriesOf(value)).map(([key, entry]) => [key, sorted(entry)]))
  if (!isList(value)) return value
  const list = value.map(sorted)
  return shapeOf(value) === 'tuple' ? tuple(list) : list
}
