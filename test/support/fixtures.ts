import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface FixtureSource {
  /** For test titles: 'own', or 'collected' for the larger collection beside the repository. */
  readonly from: string
  readonly path: string
}

const OWN = join(import.meta.dirname, '../fixtures')
const COLLECTED = join(import.meta.dirname, '../../../shared/fixtures')

/**
 * Where fixtures of one name stand: in this repository always, and, as an addition, in the collection that developers may have beside it.
 * Nothing is skipped where that is not there.
 */
export function fixtures(own: string, collected: string = own): FixtureSource[] {
  const larger = join(COLLECTED, collected)
  const mine = { from: 'own', path: join(OWN, own) }
  return existsSync(larger) ? [mine, { from: 'collected', path: larger }] : [mine]
}
