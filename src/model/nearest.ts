/** The candidate most like `word`, never `word` itself, or null when none is near. Case, '-' and '_' do not count. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = fold(word)
  let best: string | null = null
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    if (candidate === word) continue
    const distance = Math.min(
      editDistance(wanted, fold(candidate)),
      editDistance(wanted, fold(candidate.split('.').at(-1) ?? '')),
    )
    if (distance < least) {
      least = distance
      best = candidate
    }
  }
  return best
}

/** ' Did you mean "tasks"?' or nothing; for the end of a message. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates)
  return found === null ? '' : ` Did you mean "${found}"?`
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('-', '_')
}

/** Letters to add, drop, change or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1)
      let cost = Math.min(change, (previous[column] as number) + 1, (current[column - 1] as number) + 1)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] as number) + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.length] as number
}
