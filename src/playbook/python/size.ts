/** Values that one result may hold, each counted wherever it stands: nine lists of ten that hold each other are a thousand million. */
export const MOST_VALUES = 2_000_000

/** How many more values there may be. */
export interface Counted {
  left: number
}

/** Counts a value. Throws Error when there were too many. */
export function count(size: Counted): void {
  size.left--
  if (size.left < 0) throw new Error(`a value of more than ${MOST_VALUES / 1_000_000} million entries is refused`)
}
