import { type JsonMap, pick, same } from '../json.ts'
import { type Cause, quoted } from '../status.ts'

/** A cause for each path (dotted) whose value was set before and is another now. */
export function immutableFields(paths: readonly string[], object: JsonMap, live: JsonMap | undefined): Cause[] {
  if (!live) return []
  return paths
    .filter(path => {
      const before = pick(live, ...path.split('.'))
      return before !== undefined && !same(before, pick(object, ...path.split('.')))
    })
    .map(path => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${quoted(pick(object, ...path.split('.')))}: field is immutable`,
      field: path,
    }))
}
