/** The candidate that looks most like what was typed, or undefined when none is close. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const measured = candidates
    .map(candidate => ({ candidate, distance: distance(typed, candidate) }))
    .sort((one, other) => one.distance - other.distance)
  const best = measured[0]
  return best && best.distance <= Math.max(2, typed.length / 3) ? best.candidate : undefined
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
