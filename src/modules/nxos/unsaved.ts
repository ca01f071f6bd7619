import { readConfig } from '../../diff/cli/read.ts'
import { printCli } from '../../diff/cli/tree.ts'
import type { CliTree, NxosRead } from '../../model/nxos.ts'

const startups = new WeakMap<NxosRead, Promise<CliTree>>()

/** Whether a reload would lose something of the configuration. The saved one is read once per switch and run. */
export async function isUnsaved(read: NxosRead, running: CliTree): Promise<boolean> {
  const startup = startups.get(read) ?? readStartup(read)
  startups.set(read, startup)
  return printCli(await startup) !== printCli(running)
}

async function readStartup(read: NxosRead): Promise<CliTree> {
  try {
    return readConfig(await read.show('show startup-config'))
  } catch (error) {
    startups.delete(read)
    throw error
  }
}
