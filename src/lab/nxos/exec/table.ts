import { accountCommands } from '../show/accounts.ts'
import { bgpSessionCommands } from '../show/bgp-sessions.ts'
import { bgpSummaryCommands } from '../show/bgp-summary.ts'
import { bgpTableCommands } from '../show/bgp-table.ts'
import { interfaceCommands } from '../show/interfaces.ts'
import { routeCommands } from '../show/routes.ts'
import { runningCommands } from '../show/running.ts'
import { versionCommands } from '../show/version.ts'
import { vlanCommands } from '../show/vlan.ts'
import { vpcCommands } from '../show/vpc.ts'
import { vrfCommands } from '../show/vrf.ts'
import { checkpointCommands } from './checkpoint.ts'
import type { ExecCommand } from './command.ts'
import { maintenanceCommands } from './maintenance.ts'
import { systemCommands } from './system.ts'

/** Every exec command of the switch. */
export const execCommands: readonly ExecCommand[] = [
  ...runningCommands,
  ...versionCommands,
  ...accountCommands,
  ...interfaceCommands,
  ...vlanCommands,
  ...vrfCommands,
  ...vpcCommands,
  ...bgpSummaryCommands,
  ...bgpSessionCommands,
  ...bgpTableCommands,
  ...routeCommands,
  ...checkpointCommands,
  ...systemCommands,
  ...maintenanceCommands,
]
