import { MOST_ENTRIES } from './arithmetic.ts'
import { type Operand, tuple } from './operand.ts'

/** Python's itertools: all ways to take entries of lists. Throw Error when there are too many ways to list. */

function refuseMany(count: number): void {
  if (!(count <= MOST_ENTRIES)) throw new Error(`a list of more than ${MOST_ENTRIES} entries is refused`)
}

/** One entry of each list. */
export function product(lists: readonly (readonly Operand[])[]): Operand[] {
  refuseMany(lists.reduce((count, list) => count * list.length, 1))
  const all = lists.reduce<Operand[][]>(
    (found, list) => found.flatMap(head => list.map(entry => [...head, entry])),
    [[]],
  )
  return all.map(tuple)
}

/** So many entries of a list, in its order. */
export function combinations(list: readonly Operand[], size: number): Operand[] {
  refuseMany(ways(list.length, size) / ways(size, size))
  return chosen(list, size).map(tuple)
}

function chosen(list: readonly Operand[], size: number): Operand[][] {
  if (size === 0) return [[]]
  if (size > list.length) return []
  return list.flatMap((entry, index) => chosen(list.slice(index + 1), size - 1).map(tail => [entry, ...tail]))
}

/** So many entries of a list, in every order. */
export function permutations(list: readonly Operand[], size: number): Operand[] {
  refuseMany(ways(list.length, size))
  return ordered(list, size).map(tuple)
}

function ordered(list: readonly Operand[], size: number): Operand[][] {
  if (size === 0) return [[]]
  if (size > list.length) return []
  return list.flatMap((entry, index) => ordered(list.toSpliced(index, 1), size - 1).map(tail => [entry, ...tail]))
}

/** In how many orders so many of all can be taken. */
function ways(all: number, taken: number): number {
  let count = 1
  for (let left = all; left > all - taken && count > 0 && Number.isFinite(count); left--) count *= left
  return count
}
