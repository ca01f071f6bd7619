import { type Failure, toFailure } from '../model/failure.ts'
import { visible } from '../model/visible.ts'
import { failureLines } from '../report/failure-lines.ts'
import { createStyle, wantsColour } from '../report/style.ts'
import { visibleValue } from '../report/visible-event.ts'
import type { Doors } from '../run/options.ts'
import { VERSION } from '../run/version.ts'
import { dropWhatCannotBeWritten, exitWhere } from './output.ts'
import { createProgram, exitOfCommander } from './program.ts'
import type { Wires } from './wires.ts'

/** The one place that knows all parts, and the only one that exits the process. */
const wires: Wires = {
  engine: () => import('../run/execute.ts'),
  doors: async () => {
    const { modules } = await import('../modules/index.ts')
    return { open: lazyOpeners(), modules, clock: () => new Date() }
  },
  extraVars: async () => (await import('../run/variables/extra-vars.ts')).parseExtraVars,
  journal: () => import('../journal/open.ts'),
  origin: () => import('../journal/origin.ts'),
  inventory: async () => ({
    ...(await import('../inventory/pattern.ts')),
    ...(await import('../inventory/empty-limit.ts')),
    ...(await import('../run/read-inventory.ts')),
  }),
  program: async () => (await import('../connection/local/process.ts')).runLocal,
  endpoint: () => import('../connection/endpoint.ts'),
  templar: async () => (await import('../playbook/template/template.ts')).createTemplar,
  settings: async () => ({
    ...(await import('../settings/load.ts')),
    ...(await import('../settings/repository.ts')),
  }),
  lab: () => import('../lab/estate/estate.ts'),
  out: process.stdout,
  err: process.stderr,
  environment: process.env,
  folder: process.cwd(),
  version: VERSION,
}

const output = dropWhatCannotBeWritten({ out: process.stdout, err: process.stderr })

let code = 0
try {
  const program = createProgram(wires, exit => {
    code = exit
  })
  await program.parseAsync(process.argv)
} catch (error) {
  code = exitOfCommander(error, invalidInput()) ?? report(error)
}
// A pipe may still hold output: leave only when it is written.
await Promise.all([drained(process.stdout), drained(process.stderr)])
process.exit(exitWhere(output.lost(), code))

/** A run loads the devices that it opens. */
function lazyOpeners(): Doors['open'] {
  let switches: Promise<Doors['open']['nxos']> | undefined
  let nodes: Promise<Doors['open']['linux']> | undefined
  return {
    async nxos(options) {
      // One for all switches: they share their jump hosts.
      switches ??= import('../device/nxos/open.ts').then(({ nxosOpener }) => nxosOpener())
      return (await switches)(options)
    },
    apic: async options => (await import('../device/apic/open.ts')).openApic(options),
    async linux(options) {
      nodes ??= import('../device/linux/open.ts').then(({ linuxOpener }) => linuxOpener())
      return (await nodes)(options)
    },
    kube: async options => (await import('../device/kube/open.ts')).openCluster(options),
  }
}

function report(error: unknown): number {
  const failure = visibleValue(toFailure(error)) as Failure
  const style = createStyle(wantsColour(process.env, process.stderr.isTTY === true))
  process.stderr.write(`${failureLines(failure, style).join('\n')}\n`)
  if (failure.code === 'defect' && error instanceof Error && process.argv.includes('-vvv'))
    process.stderr.write(`${visible(error.stack ?? '')}\n`)
  return failure.code === 'invalid' ? invalidInput() : 1
}

/** A plan knows in sync, changes and error only. */
function invalidInput(): number {
  return process.argv[2] === 'plan' ? 1 : 4
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (stream.destroyed || stream.errored) resolve()
    else stream.write('', () => resolve())
  })
}
