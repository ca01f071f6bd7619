import type { Managed } from '../../model/managed.ts'
import type { CliBranch } from '../../model/nxos.ts'

export const SAVE = 'copy running-config startup-config'

/** The change that a switch's configuration survives a reload: no line of it. A run saves at its end, once, whoever asks. */
export const SAVED: Managed<CliBranch> = {
  id: 'startup-config',
  before: null,
  after: { parents: [], line: SAVE, saved: true },
}
