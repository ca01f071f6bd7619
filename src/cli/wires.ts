/**
 * What the commands may use, as lazily loaded parts: only main.ts knows where they are. `weft --version` loads none.
 */
export interface Wires {
  readonly engine: () => Promise<Pick<typeof import('../run/execute.ts'), 'execute' | 'describe'>>
  readonly doors: () => Promise<Omit<import('../run/execute.ts').Doors, 'emit' | 'ledger' | 'who' | 'commit'>>
  readonly extraVars: () => Promise<typeof import('../run/variables/extra-vars.ts')['parseExtraVars']>
  readonly journal: () => Promise<Pick<typeof import('../journal/open.ts'), 'openLedger'>>
  readonly origin: () => Promise<Pick<typeof import('../journal/origin.ts'), 'whoHere' | 'commitOf'>>
  readonly inventory: () => Promise<
    typeof import('../inventory/pattern.ts') &
      typeof import('../inventory/empty-limit.ts') &
      typeof import('../run/read-inventory.ts')
  >
  /** Runs a program on this machine. */
  readonly program: () => Promise<typeof import('../connection/local/process.ts')['runLocal']>
  readonly endpoint: () => Promise<Pick<typeof import('../connection/endpoint.ts'), 'endpointOf' | 'platformOf'>>
  readonly templar: () => Promise<typeof import('../playbook/template/template.ts')['createTemplar']>
  readonly settings: () => Promise<typeof import('../settings/load.ts') & typeof import('../settings/repository.ts')>
  readonly lab: () => Promise<typeof import('../lab/estate/estate.ts')>
  readonly out: NodeJS.WriteStream
  readonly err: NodeJS.WriteStream
  readonly environment: NodeJS.ProcessEnv
  readonly folder: string
  readonly version: string
}

/** A command's outcome: the exit code. Commands never exit the process themselves. */
export type ExitCode = number
