import { isInteger, type Operand } from '../python/operand.ts'
import { repr, str } from '../python/text.ts'
import { listFrom, numberArgument } from './argument.ts'
import type { Filter } from './filter.ts'

const LAST_VLAN = 4094

function numberFrom(vlan: Operand): number {
  if (!isInteger(vlan)) throw new Error(`${repr(vlan)} is no VLAN number`)
  const number = Number(vlan)
  if (number < 1 || number > LAST_VLAN) throw new Error(`Valid VLAN range is 1-${LAST_VLAN}`)
  return number
}

/** [1, 2, 3, 5] → ['1-3', '5']: three and more in a row are a range. */
function ranges(sorted: readonly number[]): string[] {
  const found: string[] = []
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (sorted[end + 1] === (sorted[end] as number) + 1) end++
    if (end - at < 2) found.push(...sorted.slice(at, end + 1).map(String))
    else found.push(`${sorted[at]}-${sorted[end]}`)
    at = end + 1
  }
  return found
}

/** VLAN numbers as the lines of `switchport trunk allowed vlan`, of which the first may be longer. */
const vlanParser: Filter = (of, call) => {
  const sorted = [...new Set(listFrom(of).map(numberFrom))].sort((a, b) => a - b)
  if (sorted.length === 0) throw new Error('vlan_parser needs at least one VLAN')
  const first = numberArgument(call, 0, 'first_line_len', 48)
  const other = numberArgument(call, 1, 'other_line_len', 44)
  const lines = ['']
  for (const part of ranges(sorted)) {
    const line = lines.at(-1) as string
    const isFull = line.length + part.length > (lines.length === 1 ? first : other)
    if (isFull) lines.push(`${part},`)
    else lines[lines.length - 1] = `${line}${part},`
  }
  return lines.map(line => line.replace(/,$/, '')).filter(line => line !== '')
}

/** '1-3,5' → [1, 2, 3, 5]. */
const vlanExpander: Filter = of => {
  const found = new Set<number>()
  for (const part of str(of).split(',')) {
    const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? []
    if (from === undefined) throw new Error(`"${part}" is no VLAN or range of VLANs`)
    for (let vlan = numberFrom(Number(from)); vlan <= numberFrom(Number(to)); vlan++) found.add(vlan)
  }
  return [...found].sort((a, b) => a - b)
}

/** Filters on lists of VLANs. */
export const vlanFilters: Record<string, Filter> = { vlan_parser: vlanParser, vlan_expander: vlanExpander }
