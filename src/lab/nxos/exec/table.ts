import { runningCommands } from '../show/running.ts'
import { versionCommands } from '../show/version.ts'
import { checkpointCommands } from './checkpoint.ts'
import type { ExecCommand } from './command.ts'
import { systemCommands } from './system.ts'

/** Every exec command of the switch. */
export const execCommands: readonly ExecCommand[] = [
  ...runningCommands,
  ...versionCommands,
  ...checkpointCommands,
  ...systemCommands,
]
