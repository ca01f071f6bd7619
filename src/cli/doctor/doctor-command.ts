import { visible, visibleJson } from '../../model/visible.ts'
import { createStyle, wantsColour } from '../../report/style.ts'
import type { ExitCode, Wires } from '../wires.ts'
import { checkHosts, type HostsAsked } from './doctor-hosts.ts'
import { type Check, checkMachine } from './doctor-machine.ts'

export interface DoctorFlags extends HostsAsked {
  readonly json?: boolean
}

const markOf = { ok: '✔', warn: '!', bad: '✖' } as const
const colourOf = { ok: 'green', warn: 'yellow', bad: 'red' } as const

/** `weft doctor`: the machine first, then every host: is it there, are the credentials right; a remedy for each failure. */
export async function doctorCommand({ options, wires }: { options: DoctorFlags; wires: Wires }): Promise<ExitCode> {
  const style = createStyle(wantsColour(wires.environment, wires.out.isTTY === true))
  const checks: Check[] = []
  const show = (check: Check) => {
    checks.push(check)
    if (options.json) return
    wires.out.write(
      `${style(colourOf[check.state], markOf[check.state])} ${visible(check.about)}: ${visible(check.found)}\n`,
    )
    if (check.remedy) wires.out.write(`    ${style('bold', 'do:')} ${visible(check.remedy)}\n`)
  }
  for (const check of await checkMachine(wires.environment)) show(check)
  await checkHosts({ options, wires, show })
  if (options.json) wires.out.write(`${visibleJson(JSON.stringify(checks, null, 2))}\n`)
  return checks.some(check => check.state === 'bad') ? 1 : 0
}
