import { createProgram } from '../../src/cli/program.ts'
import type { Wires } from '../../src/cli/wires.ts'
import { allModules } from '../../src/modules/index.ts'
import { commandPage } from './command-page.ts'
import { eventPage } from './event-page.ts'
import { modulePage } from './module-page.ts'
import { playbookSchemas } from './schemas.ts'

/** Every generated file of the repository: path → text. */
export async function generatedPages(): Promise<Record<string, string>> {
  const modules = await allModules()
  // The program is only looked at; no command runs, so nothing is wired.
  const program = createProgram({ version: '', out: process.stdout, err: process.stderr } as unknown as Wires, () => {})
  return {
    'docs/reference/commands.md': commandPage(program),
    'docs/reference/events.md': eventPage(),
    'docs/reference/modules.md': modulePage(modules),
    ...playbookSchemas(modules),
  }
}
