import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { didYouMean } from '../model/nearest.ts'

/** ' Did you mean "site.yml"?', of the files that stand where a missing one was looked for; or nothing. */
export function didYouMeanFile(...missing: readonly string[]): string {
  const [first] = missing
  return first === undefined ? '' : didYouMean(basename(first), missing.flatMap(besides))
}

function besides(file: string): string[] {
  try {
    return readdirSync(dirname(file))
  } catch {
    return []
  }
}
