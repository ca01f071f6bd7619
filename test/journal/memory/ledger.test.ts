import { memoryLedger } from '../../../src/journal/memory/ledger.ts'
import { ledgerContract } from '../contract.ts'

ledgerContract('journal/memory', async clock => memoryLedger({ clock }))
