import { join, resolve } from 'node:path'

/** What a ledger is opened for: in a run, intents and outcomes outlive the fall of the machine; reading makes no file. */
export type LedgerMode = 'plan' | 'run' | 'read'

/** The folder that weft keeps beside the playbooks, below the folder that it is started from. */
export const OWN_FOLDER = '.weft'

/** Where the ledger stands: --ledger FILE, else WEFT_LEDGER, else .weft/ledger.db. */
export function ledgerFile({
  asked,
  environment,
  folder,
}: {
  asked?: string | undefined
  environment: Readonly<Record<string, string | undefined>>
  folder: string
}): string {
  return resolve(folder, asked || environment.WEFT_LEDGER || join(OWN_FOLDER, 'ledger.db'))
}
