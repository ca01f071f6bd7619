import { copy, isMap, type Json, type JsonMap } from '../json.ts'

/** RFC 7386: null removes, mappings merge, anything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return copy(patch)
  const merged: JsonMap = isMap(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}
