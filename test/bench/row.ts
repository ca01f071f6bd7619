/** One line of the table. */
export interface Row {
  readonly what: string
  readonly must: string
  readonly measured: string
  readonly verdict: string
}

/** A row with a target: reached or missed. */
export function judged(row: Omit<Row, 'verdict'>, good: boolean): Row {
  return { ...row, verdict: good ? 'reached' : 'MISSED' }
}

/** A row without a target. */
export function shown(what: string, measured: string): Row {
  return { what, must: '', measured, verdict: 'to compare' }
}

/** The middle one; the mean of the two middle ones of an even number. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}

/** 1234.5 → '1.23 s', 87 → '87 ms'. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}
