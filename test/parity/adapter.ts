import { openApic } from '../../src/device/apic/open.ts'
import { openCluster } from '../../src/device/kube/open.ts'
import { openLinux } from '../../src/device/linux/open.ts'
import { openNxos } from '../../src/device/nxos/open.ts'
import { memoryLedger } from '../../src/journal/memory/ledger.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { type Failure, toFailure } from '../../src/model/failure.ts'
import { modules } from '../../src/modules/index.ts'
import { describe, execute } from '../../src/run/execute.ts'
import { parseExtraVars } from '../../src/run/variables/extra-vars.ts'
import { readArguments } from './arguments.ts'
import { traceOf } from './trace.ts'

/** weft as a runner for the parity judge: the command line of ansible-playbook, the judge's trace on stdout, Ansible's exit codes. */
const signal = new AbortController().signal
let plays = 0
let problem: Failure | undefined

process.exitCode = await main().catch(error => {
  console.error(toFailure(error).message)
  return 4
})

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2))
  if (!args) return 2
  const options = {
    ...args,
    extraVars: parseExtraVars(args.extra, process.cwd()),
    forks: 5,
    mode: args.check ? ('plan' as const) : ('run' as const),
    // As Ansible has it.
    allowInPlan: ['command', 'shell', 'copy', 'template', 'pipe'],
    folder: process.cwd(),
    stop: signal,
    abort: signal,
  }
  if (args.syntaxCheck) {
    await describe(options, modules)
    return 0
  }
  const open = { nxos: openNxos, apic: openApic, kube: openCluster, linux: openLinux }
  const end = await execute(options, {
    emit: tell,
    open,
    modules,
    clock: () => new Date(),
    ledger: memoryLedger({ keepsEvents: false }),
    who: 'parity@here',
    commit: async () => null,
  })
  if (end.failure) console.error(end.failure.message)
  return exitOf(end.exit)
}

function tell(event: RunEvent): void {
  if (event.event === 'play-started') plays++
  if (event.event === 'run-finished') problem = event.failure
  for (const line of traceOf(event)) console.log(JSON.stringify(line))
}

/** weft's exit codes as Ansible's: what is found while reading is 4, what only shows while running 1; failed 2, unreachable 4. */
function exitOf(exit: number): number {
  if (problem) return plays > 0 || !problem.at ? 1 : 4
  if (exit === 3) return 4
  return exit === 1 ? 2 : 0
}
