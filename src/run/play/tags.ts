/**
 * Whether tags chosen on the command line let a task run. `always` runs unless skipped by name, `never` only when it or
 * another of its tags is asked for; `tagged`, `untagged` and `all` are names with a meaning of their own.
 */
export function isSelected(tags: ReadonlySet<string>, wanted: readonly string[], skipped: readonly string[]): boolean {
  return isWanted(tags, wanted) && !isSkipped(tags, wanted, skipped)
}

function isWanted(tags: ReadonlySet<string>, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return !tags.has('never')
  if (tags.has('always')) return true
  if (wanted.some(tag => tags.has(tag))) return true
  if (wanted.includes('all') && !tags.has('never')) return true
  if (wanted.includes('tagged') && tags.size > 0 && !tags.has('never')) return true
  return wanted.includes('untagged') && tags.size === 0
}

function isSkipped(tags: ReadonlySet<string>, wanted: readonly string[], skipped: readonly string[]): boolean {
  if (skipped.includes('always') && tags.has('always')) return true
  if (skipped.includes('all')) return !(tags.has('always') && !skipped.includes('always'))
  if (skipped.some(tag => tags.has(tag))) return true
  if (skipped.includes('tagged') && tags.size > 0) return true
  return skipped.includes('untagged') && tags.size === 0 && !wanted.includes('untagged')
}
