import { resolve } from 'node:path'
import { FailureError } from '../model/failure.ts'
import { visible, visibleJson } from '../model/visible.ts'
import { listenForInterrupt } from './process/interrupt.ts'
import type { ExitCode, Wires } from './wires.ts'

export interface LabFlags {
  readonly state: string
  readonly latency: string
  readonly port: string
  readonly json?: boolean
}

/** `weft lab`: starts the embedded fabric, says how to reach it, and runs until Ctrl-C. */
export async function labCommand({ options, wires }: { options: LabFlags; wires: Wires }): Promise<ExitCode> {
  const { startEstate } = await wires.lab()
  const say = (text: string) => void wires.out.write(`${visible(text)}\n`)
  const interrupt = listenForInterrupt(() => {}, wires.environment)
  const estate = await startEstate({
    folder: resolve(wires.folder, options.state),
    latencyMs: wholeNumber('--latency', options.latency, 60_000),
    firstPort: wholeNumber('--port', options.port, 65_000),
    log: line => {
      if (!options.json) say(line)
    },
  })
  try {
    if (options.json) say(visibleJson(JSON.stringify({ inventory: estate.inventory, hosts: estate.hosts })))
    else for (const line of introduction(estate)) say(line)
    await new Promise<void>(done => {
      if (interrupt.stop.aborted) done()
      interrupt.stop.addEventListener('abort', () => done())
    })
  } finally {
    await estate.close()
    interrupt.release()
  }
  return 0
}

function introduction({
  inventory,
  hosts,
}: {
  inventory: string
  hosts: readonly { host: string; kind: string; port: number }[]
}): string[] {
  const width = Math.max(...hosts.map(({ host }) => host.length))
  return [
    'The lab is up, on loopback only:',
    ...hosts.map(({ host, kind, port }) => `  ${host.padEnd(width)}  ${kind.padEnd(4)}  127.0.0.1:${port}`),
    '',
    'In another terminal:',
    `  weft plan playbooks/site.yml -i inventory -i ${inventory}`,
    '',
    'BGP sessions that change are logged below. Ctrl-C ends the lab.',
  ]
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= most) return number
  throw new FailureError({
    code: 'invalid',
    message: `${option} takes a whole number from 0 to ${most}, not '${text}'`,
  })
}
