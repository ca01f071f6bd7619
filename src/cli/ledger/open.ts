import { existsSync } from 'node:fs'
import type { Ledger, PastRun } from '../../journal/ledger.ts'
import { type LedgerMode, ledgerFile } from '../../journal/place.ts'
import { FailureError } from '../../model/failure.ts'
import { nearest } from '../../model/nearest.ts'
import { visibleLine } from '../../model/visible.ts'
import { createStyle, type Style, wantsColour } from '../../report/style.ts'
import type { Wires } from '../wires.ts'

/** The options that all commands of the ledger have. */
export interface LedgerFlags {
  readonly ledger?: string
  readonly json?: boolean
}

/** The ledger for one command, and whether there is one yet. */
export async function withLedger<T>(
  { options, wires, mode = 'read' }: { options: LedgerFlags; wires: Wires; mode?: LedgerMode },
  work: (ledger: Ledger, isThere: boolean) => Promise<T>,
): Promise<T> {
  const file = ledgerFile({ asked: options.ledger, environment: wires.environment, folder: wires.folder })
  const isThere = existsSync(file)
  if (!isThere && options.ledger !== undefined)
    throw new FailureError({
      code: 'invalid',
      message: `there is no ledger ${file}`,
      remedy:
        'Leave --ledger out for the one of this folder (.weft/ledger.db), or name the file that runs were kept in.',
    })
  const ledger = await (await wires.journal()).openLedger({ file, mode: isThere ? mode : 'read' })
  try {
    return await work(ledger, isThere)
  } finally {
    await ledger.close()
  }
}

export function speaking(wires: Wires): { readonly say: (text: string) => void; readonly style: Style } {
  const style = createStyle(wantsColour(wires.environment, wires.out.isTTY === true))
  return { say: text => void wires.out.write(`${text}\n`), style }
}

/** What is kept, for a terminal: nothing in it is obeyed, and a name stays on its line. */
export function shown<T>(kept: T): T {
  return JSON.parse(JSON.stringify(kept), (_, value) => (typeof value === 'string' ? visibleLine(value) : value)) as T
}

/** By its id, a beginning of it, or 'last'. Throws FailureError invalid that says what is near. */
export async function runNamed(ledger: Ledger, id: string): Promise<PastRun> {
  const run = await ledger.run(id)
  if (run) return run
  const known = (await ledger.runs({ limit: 500 })).map(each => each.id)
  const several = id === '' ? [] : known.filter(each => each.startsWith(id))
  if (several.length > 1)
    throw new FailureError({
      code: 'invalid',
      message: `${several.length} runs begin with '${id}'`,
      remedy: `Say more of it: ${several.slice(0, 3).join(', ')}${several.length > 3 ? ', …' : ''}.`,
    })
  const close = nearest(id, known)
  const none = known.length === 0 ? 'No runs are recorded here yet.' : "'weft runs' lists them; 'last' is the newest."
  throw new FailureError({
    code: 'invalid',
    message: `the ledger has no run '${id}'`,
    remedy: close ? `Did you mean '${close}'? ${none}` : none,
  })
}
