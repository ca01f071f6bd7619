import { join } from 'node:path'
import { openLedger } from '../../../src/journal/open.ts'
import { folderOf } from '../../support/folder.ts'
import { ledgerContract } from '../contract.ts'

for (const mode of ['plan', 'run'] as const) {
  ledgerContract(`journal/sqlite (${mode})`, clock =>
    openLedger({ file: join(folderOf({}), '.weft', 'ledger.db'), mode, clock }),
  )
}
